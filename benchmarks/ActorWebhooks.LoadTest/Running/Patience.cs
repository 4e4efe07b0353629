using System.Diagnostics;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>Waits for events to arrive, as long as any do. Used by all producers.</summary>
internal sealed class Patience(SharedCount arrived)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private long _last = -1;
    private long _since;

    /// <exception cref="TimeoutException">None has arrived for a minute.</exception>
    public void Wait()
    {
        Thread.Sleep(1);
        var now = arrived.Value;
        if (Interlocked.Exchange(ref _last, now) != now)
            Volatile.Write(ref _since, Stopwatch.GetTimestamp());
        else if (Stopwatch.GetElapsedTime(Volatile.Read(ref _since)) > Longest)
            throw new TimeoutException("No event has arrived for a minute.");
    }
}
