using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>Says once that something refuses events, and not again before it has taken events for a while. Used by all senders at once.</summary>
/// <param name="webhookId">The webhook that refuses; null for the node.</param>
internal sealed class RefusalNotice(string? webhookId, ILoggingAdapter log, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private long _lastRefusal = long.MinValue;

    public void Refused(RefusalReason reason)
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Exchange(ref _lastRefusal, now);
        if (last != long.MinValue && time.GetElapsedTime(last, now) <= Quiet)
            return;
        if (webhookId is null)
            log.Warning("The node refuses the events that find no room: {0}", reason);
        else
            log.Warning("Webhook {0} refuses the events that find no room: {1}", webhookId, reason);
    }
}
