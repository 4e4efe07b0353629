using ActorWebhooks.Configuration;
using ActorWebhooks.Outbox;
using ActorWebhooks.Publishing;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Delivery;

/// <summary>
/// One live webhook: gathers events for the throttle window, cuts them into batches and has these delivered, one at a time
/// and in order, each until it is through.
/// </summary>
internal sealed class WebhookActor(WebhookDefinition definition, MemoryOutbox outbox, WebhookServices services)
    : UntypedActor, IWithTimers
{
    private const string FlushTimer = "flush";
    private const string RetryTimer = "retry";

    private readonly Endpoint _endpoint = Endpoint.Of(definition);
    private IActorRef? _delivery;
    private WebhookState _state = WebhookState.Idle;
    private long _attemptNumber;
    private long _attemptStart;
    private int _failures;

    public ITimerScheduler Timers { get; set; } = null!;

    // Used at changes of state only; an idle webhook keeps none.
    private static ILoggingAdapter Log => Context.GetLogger();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WebhookEvent e:
                Accept(e);
                break;

            case Offer offer:
                Accept(offer.Event);
                offer.Receipt.Accept();
                break;

            case AttemptFinished finished when finished.Number == _attemptNumber && _state == WebhookState.Sending:
                OnAttemptFinished(finished.Outcome);
                break;

            case FlushDue when _state == WebhookState.Waiting:
                FlushOrWait();
                break;

            case RetryDue when _state == WebhookState.BackingOff:
                StartAttempt();
                break;

            case GetStatus:
                Sender.Tell(new WebhookStatus(definition.Id, _state, outbox.Count));
                break;

            case AttemptFinished or FlushDue or RetryDue:
                // Overtaken by what happened since it was sent.
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreStart()
    {
        // After a restart the outbox holds what its predecessor left.
        if (outbox.Current is not null)
            BackOff();
        else
            Continue();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        if (message is Offer offer)
            offer.Receipt.Refuse(definition.Id, offer.Event, RefusalReason.Failed);
        base.PreRestart(reason, message);
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, OnDeliveryFailed, loggingEnabled: false);

    private void Accept(WebhookEvent e)
    {
        outbox.Add(e);
        if (_state == WebhookState.Idle)
            FlushOrWait();
    }

    private void FlushOrWait()
    {
        var remaining = outbox.Window.Remaining(definition.Throttle, services.Time);
        if (remaining > TimeSpan.Zero)
        {
            _state = WebhookState.Waiting;
            Timers.StartSingleTimer(FlushTimer, FlushDue.Instance, remaining);
            return;
        }

        outbox.StartFlush(services.Time.GetTimestamp());
        SendNextBatch();
    }

    private void SendNextBatch()
    {
        var batch = outbox.CutBatch(definition.Batch);
        services.Metrics.Batch(definition.Id, batch.Events.Length);
        StartAttempt();
    }

    private void StartAttempt()
    {
        _delivery ??= Context.ActorOf(ActorFactory.Props(() => new DeliveryActor(services.Transport, services.Time)), "delivery");
        _state = WebhookState.Sending;
        _attemptStart = services.Time.GetTimestamp();
        _delivery.Tell(new StartAttempt(++_attemptNumber, outbox.Current!, _endpoint));
    }

    private void OnAttemptFinished(AttemptOutcome outcome)
    {
        services.Metrics.Attempt(definition.Id, outcome.Label, services.Time.GetElapsedTime(_attemptStart));
        switch (OutcomePolicy.Decide(outcome))
        {
            case Decision.Delivered:
                OnDelivered();
                break;
            case Decision.Retry:
                OnFailed(outcome);
                break;
        }
    }

    private void OnDelivered()
    {
        services.Metrics.Delivered(definition.Id, outbox.Current!.Events.Length);
        outbox.Complete();
        if (_failures > 0)
            Log.Info("Webhook {0}: delivers again, after {1} failed attempts", definition.Id, _failures);
        _failures = 0;
        Continue();
    }

    private void Continue()
    {
        if (outbox.IsFlushing)
            SendNextBatch();
        else if (outbox.HasWaiting)
            FlushOrWait();
        else
            _state = WebhookState.Idle;
    }

    private void OnFailed(AttemptOutcome outcome)
    {
        if (_failures == 0)
        {
            Log.Warning(
                "Webhook {0}: delivery of batch {1} failed, will be tried again until it is through: {2}",
                definition.Id, outbox.Current!.Id, outcome);
        }

        BackOff();
    }

    private void BackOff()
    {
        _failures++;
        _state = WebhookState.BackingOff;
        Timers.StartSingleTimer(RetryTimer, RetryDue.Instance, Backoff.Delay(definition.Retry, _failures, services.Random));
    }

    // Runs in this actor: whatever made the delivery fail is the outcome of its attempt.
    private Directive OnDeliveryFailed(Exception e)
    {
        if (e is not DeliveryTimeoutException)
            Log.Error(e, "Webhook {0}: its delivery failed through a fault in the engine, and is restarted", definition.Id);
        var outcome = e is DeliveryTimeoutException overrun
            ? AttemptOutcome.TimedOut(overrun.Timeout)
            : new AttemptOutcome(AttemptEnd.Fault, Error: e.Message);
        Self.Tell(new AttemptFinished(_attemptNumber, outcome));
        return Directive.Restart;
    }

    private sealed class FlushDue
    {
        public static readonly FlushDue Instance = new();
    }

    private sealed class RetryDue
    {
        public static readonly RetryDue Instance = new();
    }
}
