using Akka.Actor;
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

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        var timer = new VirtualTimer(scheduler, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(TestScheduler scheduler, Action callback) : ITimer
    {
        private ICancelable? _due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due?.Cancel();
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : scheduler.Advanced.ScheduleOnceCancelable(dueTime, callback);
            return true;
        }

        public void Dispose() => _due?.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
