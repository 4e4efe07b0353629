using System.Collections.Concurrent;
using ActorWebhooks.Outbox;
using Akka.Actor;

namespace ActorWebhooks.Connections;

/// <summary>
/// The attempts that may be under way on a node, for all of its webhooks at once. It never blocks: a step that is called while another
/// thread is in one is left to that thread.
/// </summary>
internal sealed class ConnectionGate : IDisposable
{
    // A timer that is so late says that this process stood still, and that answers may have come that nobody has seen.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentQueue<Step> _steps = new();
    private readonly ConnectionTurns _turns;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TimeSpan? _wakesAt;
    private int _undone;

    /// <param name="max">How many; 2 or more.</param>
    /// <param name="slowAfter">How long an attempt may last before it is slow.</param>
    public ConnectionGate(int max, TimeSpan slowAfter, TimeProvider time)
    {
        (Max, SlowAfter, _time) = (max, slowAfter, time);
        _turns = new ConnectionTurns(max, slowAfter);
        _timer = time.CreateTimer(_ => Do(Step.WakeUp), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Max { get; }

    public TimeSpan SlowAfter { get; }

    /// <summary>Read from any thread; exact when nothing happens.</summary>
    public int Held => _turns.Held;

    /// <summary>As <see cref="Held"/>.</summary>
    public int Waiting => _turns.Waiting;

    public ConnectionSeat SeatOf(IActorRef owner) => new(this, owner);

    public void Ask(ConnectionSeat seat, long request, ConnectionClass @class) => Do(new Step(seat, request, @class));

    public void Leave(ConnectionSeat seat) => Do(new Step(seat, 0, default));

    public void Dispose() => _timer.Dispose();

    private void Do(Step step)
    {
        _steps.Enqueue(step);
        if (Interlocked.Increment(ref _undone) != 1)
            return;
        do
        {
            _steps.TryDequeue(out var next);
            Take(next);
        }
        while (Interlocked.Decrement(ref _undone) != 0);
    }

    private void Take(Step step)
    {
        var now = _time.Now();
        var mayRecall = false;
        switch (step)
        {
            case { Seat: null }:
                mayRecall = now - _wakesAt < Late;
                _wakesAt = null;
                break;
            case { Request: 0 }:
                _turns.Leave(step.Seat);
                break;
            default:
                step.Seat.Request = step.Request;
                _turns.Ask(step.Seat, step.Class);
                break;
        }

        while (_turns.TryGrant(now) is { } granted)
            ((ConnectionSeat)granted).Grant();
        while (mayRecall && _turns.TryRecall(now) is { } recalled)
            ((ConnectionSeat)recalled).Recall();
        if (_turns.RecallAt is { } due && (_wakesAt is not { } set || due < set))
            WakeUpAt(due > now ? due : now, now);
    }

    private void WakeUpAt(TimeSpan due, TimeSpan now)
    {
        _wakesAt = due;
        // A timer counts whole milliseconds.
        _timer.Change(due - now + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    /// <param name="Seat">Null to look whether time has brought something.</param>
    /// <param name="Request">0 to leave.</param>
    private readonly record struct Step(ConnectionSeat? Seat, long Request, ConnectionClass Class)
    {
        public static Step WakeUp => default;
    }
}
