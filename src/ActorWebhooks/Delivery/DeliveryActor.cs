using Akka.Actor;

namespace ActorWebhooks.Delivery;

/// <summary>
/// Carries out one attempt at a time for its parent. An attempt that has no answer when its timeout is over fails the actor: the
/// request is cancelled with it, and the parent's supervision decides what becomes of the batch, which the parent holds. So does one that is
/// to be broken off.
/// </summary>
#pragma warning disable CA1001 // An actor lets go of what it owns in PostStop.
internal sealed class DeliveryActor(HttpTransport transport, TimeProvider time) : UntypedActor, IWithTimers
#pragma warning restore CA1001
{
    private const string TimeoutTimer = "timeout";

    private CancellationTokenSource _cancellation = new();
    private HttpAttempt? _attempt;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StartAttempt start:
                _attempt = new HttpAttempt(start, transport, time);
                Timers.StartSingleTimer(TimeoutTimer, AttemptOverran.Instance, _attempt.Timeout);
                _attempt.RunAsync(transport.For(start.Endpoint), _cancellation.Token).PipeTo(Self);
                break;

            // The result of an attempt that a restart gave up on finds another one here, or none.
            case AttemptFinished finished when finished.Number == _attempt?.Number:
                Timers.Cancel(TimeoutTimer);
                _attempt = null;
                Context.Parent.Tell(finished);
                break;

            case CancelAttempt:
                Timers.Cancel(TimeoutTimer);
                _attempt = null;
                Cancel();
                break;

            case AttemptOverran when _attempt is { HasAnswer: false }:
                throw new DeliveryTimeoutException(_attempt.Timeout);

            // The status came, and the rest of the head does not.
            case AttemptOverran when _attempt is { HasResponse: false }:
                Cancel();
                break;

            case BreakOffAttempt brokenOff when brokenOff.Number == _attempt?.Number && !_attempt.HasAnswer:
                throw new DeliveryBrokenOffException();
        }
    }

    protected override void PostStop()
    {
        _cancellation.Cancel();
        _cancellation.Dispose();
    }

    private void Cancel()
    {
        _cancellation.Cancel();
        _cancellation.Dispose();
        _cancellation = new CancellationTokenSource();
    }

    private sealed class AttemptOverran
    {
        public static readonly AttemptOverran Instance = new();
    }
}
