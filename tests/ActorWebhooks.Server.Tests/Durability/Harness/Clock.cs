namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>Counts what happens, so that it has one order.</summary>
internal sealed class Clock
{
    private long _now;

    public long Tick() => Interlocked.Increment(ref _now);
}
