using Akka.TestKit;

namespace ActorWebhooks.Tests.Testing;

/// <summary>The clock of Akka's <see cref="TestScheduler"/>, so that timers and timestamps agree.</summary>
internal sealed class VirtualTime(TestScheduler scheduler) : TimeProvider
{
    // Timestamps are small numbers, as those of a real clock: large ones lose ticks on their way through a double.
    private readonly DateTimeOffset _start = scheduler.Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override long GetTimestamp() => (scheduler.Now - _start).Ticks;
}
