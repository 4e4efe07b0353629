using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>Says once that something refuses events, and not again before it has taken events for a while. Used by all senders at once.</summary>
internal sealed class RefusalNotice(string who, ILoggingAdapter log, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private long _lastRefusal = long.MinValue;

    public void Refused(RefusalReason reason)
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Exchange(ref _lastRefusal, now);
        if (last == long.MinValue || time.GetElapsedTime(last, now) > Quiet)
            log.Warning("{0} refuses the events that find no room: {1}", who, reason);
    }
}
