using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

/// <summary>The clock of another process: the same time of day, and a monotonic clock that began at another moment.</summary>
internal sealed class OtherProcess(ManualTime time, TimeSpan ahead) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (time.Elapsed + ahead).Ticks;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();
}
