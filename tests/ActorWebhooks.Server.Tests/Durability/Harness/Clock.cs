using System.Diagnostics;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>Gives all that happens one order, and its time.</summary>
internal sealed class Clock
{
    private long _latest;

    /// <summary>A timestamp of <see cref="Stopwatch"/>, later than all before it.</summary>
    public long Tick()
    {
        while (true)
        {
            var latest = Volatile.Read(ref _latest);
            var tick = Math.Max(latest + 1, Stopwatch.GetTimestamp());
            if (Interlocked.CompareExchange(ref _latest, tick, latest) == latest)
                return tick;
        }
    }
}
