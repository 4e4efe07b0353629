using System.Collections.Immutable;
using ActorWebhooks.Actors;
using ActorWebhooks.Connections;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Text;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Delivery;

/// <summary>
/// One live webhook: tells its <see cref="WebhookMachine"/> what happens and does what that says, with a timer, a
/// <see cref="DeliveryActor"/> and, if it is durable, the journal of the node as its hands.
/// </summary>
/// <param name="journal">Nobody if the webhook is in memory alone.</param>
internal sealed class WebhookActor(WebhookMachine machine, WebhookServices services, IActorRef journal) : UntypedActor, IWithTimers
{
    private const string LookAgainTimer = "look-again";
    private const int MostHeldBack = 1_000;

    private readonly JournalHand? _journal = machine.Journal is { } own ? new JournalHand(own, journal) : null;
    private readonly ConnectionSeat _seat = services.Gate.SeatOf(Context.Self);
    private IActorRef? _delivery;
    private TimeSpan _attemptStart;
    private bool _isSending;
    private bool _isDisplaced;
    private bool _isRetryAfterTold;
    private DateTimeOffset? _looksAgainAt;

    // Of the definition as it is.
    private Endpoint? _endpoint;

    // What came while it rests after faults; null when it does not.
    private List<(object Message, IActorRef Sender)>? _heldBack;

    public ITimerScheduler Timers { get; set; } = null!;

    private string Id => machine.Definition.Id;

    // Used at changes of state only; an idle webhook keeps none.
    private static ILoggingAdapter Log => Context.GetLogger();

    protected override void OnReceive(object message)
    {
        if (_heldBack is not null)
        {
            OnRest(message);
            return;
        }

        switch (message)
        {
            case EventsCame when _isSending || _looksAgainAt is not null:
                AskJournal();
                machine.TakeIn();
                break;

            case EventsCame:
                Proceed();
                break;

            case AttemptFinished finished when _isSending && finished.Number == machine.AttemptsStarted:
                OnAttemptFinished(finished.Outcome);
                break;

            case JournalAnswer answer:
                OnJournal(answer);
                break;

            case LookAgain or JournalHand.AskAgain or ConnectionGranted:
                Proceed();
                break;

            case JournalHand.LogDue:
                _journal!.LogIsDue();
                Proceed();
                break;

            case ConnectionRecalled recalled when _isSending && _seat.IsFor(recalled):
                _delivery.Tell(new BreakOffAttempt(machine.AttemptsStarted));
                break;

            case IWebhookCommand command:
                OnCommand(command);
                break;

            case AttemptFinished or ConnectionRecalled:
                // Of an attempt that was given up in the meantime, or is over.
                break;

            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PreStart()
    {
        machine.Seat = _seat;
        machine.Configure();
        machine.Interrupt();
        Proceed();
    }

    protected override void PostRestart(Exception reason)
    {
        var rest = machine.Restarts.Next(services.Time.GetElapsedTime(0));
        if (rest == TimeSpan.Zero)
        {
            PreStart();
            return;
        }

        Log.Error("Webhook {0}: failed {1} times in a row through a fault in the engine, and rests for {2:0} s", Id, machine.Restarts.InARow, rest.TotalSeconds);
        _heldBack = [];
        Timers.StartSingleTimer(nameof(Rested), Rested.Instance, rest);
    }

    // At a stop, and before a restart.
    protected override void PostStop() => _seat.Leave();

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, OnChildFailed, loggingEnabled: false);

    private void OnRest(object message)
    {
        switch (message)
        {
            case Rested:
                var held = _heldBack!;
                _heldBack = null;
                PreStart();
                foreach (var (heldBack, sender) in held)
                    Self.Tell(heldBack, sender);
                break;
            case GetStatus:
                Sender.Tell(machine.StatusAt(null));
                break;

            // Whoever waits for an answer beyond that asks again. Events are looked for at the end of the rest.
            case JournalAnswer or IWebhookCommand when _heldBack!.Count < MostHeldBack:
                _heldBack.Add((message, Sender));
                break;
        }
    }

    private void OnCommand(IWebhookCommand command)
    {
        switch (command)
        {
            case PauseWebhook:
                machine.Pause();
                Proceed();
                Sender.Tell(machine.StatusAt(_looksAgainAt));
                return;
            case ResumeWebhook:
                machine.Resume();
                Proceed();
                Sender.Tell(machine.StatusAt(_looksAgainAt));
                return;
            case RetryNow:
                machine.RetryNow();
                Proceed();
                Sender.Tell(machine.StatusAt(_looksAgainAt));
                return;
            case ReconfigureWebhook reconfigure:
                machine.Reconfigure(reconfigure.Definition);
                (_endpoint, _isRetryAfterTold) = (null, false);
                break;
            case DrainWebhook:
                machine.Drain();
                break;
            case HandOverWebhook:
                machine.HandOver();
                break;
            case LeaseExpired:
                BreakOff();
                break;
            case ReplayDeadLetters { Ids: { } ids }:
                Take(ids, isDrop: false);
                break;
            case DropDeadLetters { Ids: { } ids }:
                TakeInUnlessGone();
                Take(ids, isDrop: true);
                break;
            case ReplayDeadLetters:
                Sender.Tell(new DeadLettersTaken(machine.Replay()));
                break;
            case DropDeadLetters:
                TakeInUnlessGone();
                Sender.Tell(new DeadLettersTaken(machine.DropDeadLetters()));
                AskJournal();
                return;
            case GetDeadLetters page:
                TakeInUnlessGone();
                ListDeadLetters(page);
                return;
            case GetAttempts:
                Sender.Tell(machine.Attempts.All.ToImmutableArray());
                return;
            case FindEvent find:
                TakeInUnlessGone();
                Find(find.EventId);
                return;
            case GetStatus:
                TakeInUnlessGone();
                Sender.Tell(machine.StatusAt(_looksAgainAt));
                AskJournal();
                return;
        }

        Proceed();
    }

    private void Take(ImmutableHashSet<string> ids, bool isDrop)
    {
        var askedBy = Sender;
        if (!machine.TryTake(new LetterSelection(ids, isDrop, count => askedBy.Tell(new DeadLettersTaken(count)))))
            askedBy.Tell(new TooManyAtOnce());
    }

    private void Find(string eventId)
    {
        var inMemory = machine.Find(eventId);
        if (_journal is null)
            Sender.Tell(inMemory);
        else if (machine.State == WebhookState.Starting)
            Sender.Tell(new JournalFailed(1, "it is starting, and does not know yet what it has"));
        else if (!_journal.TryFind(Context, eventId, inMemory, services.Time, Sender))
            Sender.Tell(new TooManyAtOnce());
    }

    private void Proceed()
    {
        if (_looksAgainAt is not null)
            Timers.Cancel(LookAgainTimer);
        _looksAgainAt = null;
        var next = LookAround();
        if (next.Send is { } batch)
        {
            services.Metrics.Batch(Id, batch.Events.Count);
            _delivery ??= Context.ActorOf(ActorFactory.Props(() => new DeliveryActor(services.Transport, services.Time)), "delivery");
            _isSending = true;
            _attemptStart = services.Time.GetElapsedTime(0);
            _delivery.Tell(new StartAttempt(machine.AttemptsStarted, batch, _endpoint ??= Endpoint.Of(machine.Definition)));
        }
        else if (next.LookAgainIn is { } time)
        {
            _looksAgainAt = services.Time.GetUtcNow() + time;
            Timers.StartSingleTimer(LookAgainTimer, LookAgain.Instance, time);
        }

        if (machine.IsDisplaced && !_isDisplaced)
        {
            _isDisplaced = true;
            BreakOff();
            Context.Parent.Tell(new WebhookDisplaced(Id));
        }

        if (!_isSending && !next.AwaitsConnection)
            _seat.Leave();

        if (machine.IsDrained)
            Context.Parent.Tell(new WebhookDrained(Id));
    }

    private void BreakOff()
    {
        if (!_isSending)
            return;
        _isSending = false;
        _delivery.Tell(CancelAttempt.Instance);
        machine.Interrupt();
    }

    // What has come counts. But with an endpoint that is gone it would be buried at once, and a command that gives it another chance may
    // have been sent before the event; a call for each event, behind that command, is then on its way.
    private void TakeInUnlessGone()
    {
        if (machine.State != WebhookState.Gone)
            machine.TakeIn();
    }

    // While a timer runs or a request is under way, events gather without a word.
    private NextStep LookAround()
    {
        while (true)
        {
            AskJournal();
            machine.TakeIn();
            var next = machine.Next();
            AskJournal();
            if (next != NextStep.Nothing || _isSending || machine.TryAwaitEvents())
                return next;
        }
    }

    private void OnJournal(JournalAnswer answer)
    {
        if (_journal!.Answer(answer))
            machine.Recover();
        Proceed();
    }

    private void AskJournal() => _journal?.Ask(Timers);

    private void ListDeadLetters(GetDeadLetters page)
    {
        try
        {
            if (machine.DeadLetters is MemoryDeadLetters inMemory)
                Sender.Tell(inMemory.PageAfter(page.After, page.Limit));
            else
                _journal!.List(Context, page, Sender);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            Sender.Tell(new NoSuchPage(page.After!));
        }
    }

    private void OnAttemptFinished(AttemptOutcome outcome)
    {
        _isSending = false;
        var failuresBefore = machine.Failures;
        var latency = services.Time.GetElapsedTime(0) - _attemptStart;
        _seat.Leave();
        _seat.NextClass = AttemptClass.Of(outcome, latency, services.Gate.SlowAfter, _seat.NextClass);
        var decision = machine.Finish(outcome, latency);
        if (decision == Decision.Delivered)
            machine.Restarts.Reset();
        services.Metrics.Attempt(Id, outcome.Label, latency);
        LogChange(decision, outcome, failuresBefore);
        TellNonsense(outcome);
        Proceed();
    }

    private void TellNonsense(AttemptOutcome outcome)
    {
        if (_isRetryAfterTold || outcome is not { RetryAfterNonsense: { } nonsense, Status: 429 or 503 })
            return;
        _isRetryAfterTold = true;
        Log.Warning("Webhook {0}: Retry-After of the endpoint is neither seconds nor a date, and is ignored: {1}", Id, nonsense);
    }

    private void LogChange(Decision decision, AttemptOutcome outcome, int failuresBefore)
    {
        switch (decision)
        {
            case Decision.Delivered when failuresBefore > 0:
                Log.Info("Webhook {0}: delivers again, after {1} failed attempts", Id, failuresBefore);
                break;
            case Decision.Retry or Decision.Split when failuresBefore == 0 && machine.Failures > 0:
                Log.Warning("Webhook {0}: delivery failed and will be tried again until it is through: {1}", Id, outcome);
                break;
            case Decision.Drop when failuresBefore == 0:
                Log.Warning("Webhook {0}: delivery failed; it is lossy, so failed batches are dropped: {1}", Id, outcome);
                break;
            case Decision.Gone:
                Log.Warning("Webhook {0}: the endpoint is gone (HTTP 410); events become dead letters until it is resumed or configured anew", Id);
                break;
        }
    }

    // Runs in this actor: whatever made the delivery fail is the outcome of its attempt. Another child reads what the journal has for somebody.
    private Directive OnChildFailed(Exception e)
    {
        if (!Sender.Equals(_delivery))
        {
            Log.Error(e, "Webhook {0}: what the journal has of it cannot be read, through a fault in the engine", Id);
            return Directive.Stop;
        }

        if (e is not (DeliveryTimeoutException or DeliveryBrokenOffException))
            Log.Error(e, "Webhook {0}: its delivery failed through a fault in the engine, and is restarted", Id);
        var outcome = e switch
        {
            DeliveryTimeoutException overrun => AttemptOutcome.TimedOut(overrun.Timeout),
            DeliveryBrokenOffException => AttemptOutcome.BrokenOff(services.Time.GetElapsedTime(0) - _attemptStart),
            _ => new AttemptOutcome(AttemptEnd.Fault, Error: OutsideText.Clean(e.Message)),
        };
        Self.Tell(new AttemptFinished(machine.AttemptsStarted, outcome));
        return Directive.Restart;
    }

    private sealed class Rested
    {
        public static readonly Rested Instance = new();
    }

    private sealed class LookAgain
    {
        public static readonly LookAgain Instance = new();
    }
}
