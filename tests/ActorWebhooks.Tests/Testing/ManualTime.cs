namespace ActorWebhooks.Tests.Testing;

/// <summary>A clock that stands still until the test moves it. Nothing fires: for what is asked instead of woken.</summary>
internal sealed class ManualTime : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time since the beginning of the test.</summary>
    public TimeSpan Elapsed { get; private set; }

    public void Pass(TimeSpan time) => Elapsed += time;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 23, 14, 55, 0, 123, TimeSpan.Zero) + Elapsed;
}
