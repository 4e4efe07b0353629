using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using ActorWebhooks.Accounting;
using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using ActorWebhooks.Connections;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Lookup;
using ActorWebhooks.Outbox;
using ActorWebhooks.Ownership;

namespace ActorWebhooks.Delivery;

/// <summary>
/// All that a webhook decides, without actor, timer or network: it is told what happens and says, when asked, what is to be done
/// next. It outlives the actor that works for it, so a restart of that actor finds everything as it was.
/// </summary>
/// <param name="lease">Without it nothing is sent.</param>
/// <param name="journal">What the outbox and the dead letters are backed by; null when they are in memory alone.</param>
internal sealed class WebhookMachine(
    WebhookDefinition definition,
    MemoryOutbox outbox,
    IDeadLetters deadLetters,
    TimeSpan deadLetterAge,
    WebhookAccount account,
    TimeProvider time,
    Random random,
    INodeLease lease,
    WebhookJournal? journal = null)
{
    // A crash cuts waits that are shorter than this: no row of the journal is written for them alone.
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(2);

    private const int MostRecoveredFailures = 1_000;

    // How soon it is looked again whether the lease is held.
    private static readonly TimeSpan LeaseInterval = TimeSpan.FromMilliseconds(250);

    private readonly DeadLetterOffice _office = new(deadLetters, deadLetterAge, account, journal is not null, time);
    private readonly EndpointRecord _endpoint = new(definition.Batch.MaxBytes, random);
    private readonly PoisonSearch _poison = new();
    private readonly LastChance _lastChance = new();
    private AttemptOutcome? _lastFailure;
    private bool _mayBeKnown;
    private bool _isInFlight;
    private bool _isToFormerEndpoint;
    private bool _isPaused;
    private bool _isGone;
    private bool _isDraining;
    private bool _isHandedOver;

    public WebhookDefinition Definition { get; private set; } = definition;

    public IDeadLetters DeadLetters => _office.Letters;

    public WebhookJournal? Journal => journal;

    /// <summary>Accepted and not delivered.</summary>
    public int Waiting => outbox.Count;

    public AttemptLog Attempts { get; } = new();

    /// <summary>
    /// Whether it was told to drain, and has sent all that it may send. What is in a journal may be sent after a restart, so trouble with the
    /// endpoint is not waited out.
    /// </summary>
    public bool IsDrained => _isDraining && !_isInFlight
        && (_isHandedOver || outbox.Count == 0 || _isPaused || (journal is not null && IsInTrouble) || IsDisplaced)
        && journal is null or { IsSettled: true } or { IsFailing: true };

    /// <summary>Whether another process owns the webhook, so that this one is done.</summary>
    public bool IsDisplaced => journal is { IsDisplaced: true };

    // A lossy webhook gives up what fails, and looks for nothing.
    private int PoisonAttempts => Definition.Lossy ? 0 : Definition.PoisonAttempts;

    private bool IsInTrouble => _isGone || _endpoint.RetryAt > time.Now();

    /// <summary>What the node's connections are asked for with; null when nobody limits them.</summary>
    public ConnectionSeat? Seat { get; set; }

    /// <summary>Of the actor; it outlives its restarts.</summary>
    public RestartBackoff Restarts { get; } = new();

    /// <summary>When the latest flush and the latest attempt began.</summary>
    public Pace Pace { get; set; }

    /// <summary>How many attempts were started; tells them apart, across restarts of the actor too.</summary>
    public long AttemptsStarted { get; private set; }

    /// <summary>Failed attempts since the last success.</summary>
    public int Failures => _endpoint.Failures;

    public WebhookState State => this switch
    {
        { IsDisplaced: true } => WebhookState.NotOwner,
        _ when journal is { IsRecovered: false } => WebhookState.Starting,
        { _isGone: true } => WebhookState.Gone,
        { _isPaused: true } => WebhookState.Paused,
        { _isDraining: true } => WebhookState.Draining,
        { _isInFlight: true } => WebhookState.Sending,
        _ when outbox.Count == 0 => WebhookState.Idle,
        _ when _endpoint.RetryAt > time.Now() => Attempts.Latest?.Outcome.Kind == AttemptEnd.TargetRefused ? WebhookState.TargetRefused : WebhookState.BackingOff,
        { Seat.IsWaiting: true } => WebhookState.WaitingForConnection,
        _ => WebhookState.Waiting,
    };

    /// <summary>
    /// Nothing is to be done until something happens; events that come are one of these things, and call for it. False when some have
    /// come already.
    /// </summary>
    public bool TryAwaitEvents() => outbox.TryAwaitCall();

    /// <summary>What is to be done now. A batch that is returned counts as sent until <see cref="Finish"/> or <see cref="Interrupt"/>.</summary>
    public NextStep Next()
    {
        if (_isInFlight || _isGone || _isHandedOver || journal is { IsBehind: true })
            return NextStep.Nothing;
        if (lease.State != LeaseState.Held)
            return outbox.Count == 0 || lease.State == LeaseState.Lost ? NextStep.Nothing : NextStep.Wait(LeaseInterval);
        var now = time.Now();
        Expire(now);
        if (outbox.Count == 0)
            return NextStep.Nothing;
        if (_isPaused)
            return Definition.DiscardAfter is null || !outbox.IsInMemory ? NextStep.Nothing : WaitUntil(TimeSpan.MaxValue, now);
        var next = Pace.NextAttempt(Definition.Rate);
        if (next < _endpoint.RetryAt)
            next = _endpoint.RetryAt;
        if (now < next)
            return WaitUntil(next, now);
        if (outbox.Current is { } batch)
        {
            if (!IsConfirmed())
                return NextStep.Nothing;
            return Seat?.TryEnter() == false ? AwaitConnection(now) : Send(TryProbe(batch, now), now);
        }

        if (!outbox.IsFlushing)
        {
            var due = _isDraining ? now : Pace.NextFlush(Definition.Throttle);
            if (now < due)
                return WaitUntil(due, now);
            if (Seat?.TryEnter() == false)
                return AwaitConnection(now);
            Pace = Pace with { LatestFlush = now };
            outbox.StartFlush();
        }

        // What is behind memory is on its way.
        if (!outbox.HasNext || !IsConfirmed())
            return NextStep.Nothing;
        if (Seat?.TryEnter() == false)
            return AwaitConnection(now);
        _mayBeKnown = outbox.HasParts;
        _poison.Begin(isPart: outbox.HasParts);
        return Send(outbox.CutBatch(Definition.Batch with { MaxBytes = _endpoint.ByteLimit.Effective }), now);
    }

    /// <summary>The attempt for the current batch has ended.</summary>
    public Decision Finish(AttemptOutcome outcome, TimeSpan latency)
    {
        var isOfFormer = _isToFormerEndpoint && !outcome.IsDelivered;
        (_isInFlight, _isToFormerEndpoint) = (false, false);
        var batch = outbox.Current!;
        var isKnown = Definition.ConflictIsDelivered && _mayBeKnown && !outbox.IsProbing;
        _mayBeKnown |= OutcomePolicy.MayHaveArrived(outcome) && !outbox.IsProbing && !isOfFormer;
        if (isOfFormer)
            outbox.BreakOffProbe();
        if (outcome.IsOfTheNode || isOfFormer)
            return TryAgain(batch, outcome, latency);
        _endpoint.Answered();
        var decision = OutcomePolicy.Decide(outcome, batch.Events.Count, _endpoint.Refusals, Definition.Lossy, isKnown);
        if (outbox.IsProbing && decision != Decision.Gone)
            return FinishProbe(batch, outcome, decision == Decision.Delivered ? decision : Decision.Retry, latency);
        var isPoisonous = false;
        var isOfTheEvents = OutcomePolicy.IsOfTheEvents(outcome);
        if (_lastChance.IsUnderWay && decision == Decision.Retry)
            return FinishLastChance(batch, outcome, isOfTheEvents, latency);
        if (decision == Decision.Retry && isOfTheEvents)
        {
            decision = _poison.Failed(PoisonAttempts, batch.Events.Count, outbox.IsOvertaken, outbox.HasOthers, isLast: outbox.Count == 1);
            isPoisonous = decision != Decision.Retry;
        }

        Log(batch, outcome, decision, latency);
        _lastFailure = decision == Decision.Delivered ? null : outcome;
        if (outcome.Status == 413)
            _endpoint.TooLarge(batch.Body.Length);
        switch (decision)
        {
            case Decision.Delivered:
                Passed(batch);
                account.Deliver(outbox.Complete());
                break;
            case Decision.Retry:
                BackOff(OutcomePolicy.LeastDelay(outcome, Definition.Retry));
                if (isOfTheEvents)
                    PlanProbe(batch);
                break;
            case Decision.Split:
                outbox.Split();
                if (isPoisonous || (OutcomePolicy.IsTheEndpoint(_endpoint.Refusals) && !_lastChance.IsUnderWay))
                    BackOff(TimeSpan.Zero);
                break;
            case Decision.Refuse:
                if (!isPoisonous && outcome.Status != 413)
                    _endpoint.Refused();
                Bury(outbox.TakeBatch(), isPoisonous ? DeadLetterReason.Poisonous : DeadLetterReason.Refused);
                break;
            case Decision.Gone:
                Stand(_isPaused, isGone: true);
                Bury(outbox.TakeAll(), DeadLetterReason.Gone);
                break;
            case Decision.Drop:
                account.Drop(outbox.Complete(), DropReason.Lossy);
                BackOff(OutcomePolicy.LeastDelay(outcome, Definition.Retry));
                break;
        }

        Settle();
        return decision;
    }

    /// <summary>The attempt under way, if any, is forgotten; its batch is sent again after a backoff.</summary>
    public void Interrupt()
    {
        if (!_isInFlight)
            return;
        _isInFlight = false;
        _mayBeKnown |= !outbox.IsProbing;
        if (!_isToFormerEndpoint)
            BackOff(TimeSpan.Zero);
        _isToFormerEndpoint = false;
    }

    public void Pause() => Stand(isPaused: true, _isGone);

    /// <summary>Ends a pause, gives an endpoint that was gone another chance, and forgets what is waited for.</summary>
    public void Resume()
    {
        RetryNow();
        Stand(isPaused: false, isGone: false);
    }

    /// <summary>The next attempt need not wait for what the endpoint asked for or a backoff, and is as large as is configured.</summary>
    public void RetryNow()
    {
        var isKnown = journal is { IsRecovered: false } || _endpoint.HasWait;
        _endpoint.TryAnew();
        if (isKnown)
            NoteWait(isWorthARow: true);
    }

    /// <summary>
    /// A changed configuration: the next attempt goes by it. An endpoint that was gone gets another chance, and nothing that another endpoint
    /// has said holds for this one, not even the answer that is still to come.
    /// </summary>
    public void Reconfigure(WebhookDefinition changed)
    {
        var isSameEndpoint = changed.IsSameEndpointAs(Definition);
        if (changed.Batch.MaxBytes != Definition.Batch.MaxBytes)
            _endpoint.Limit(changed.Batch.MaxBytes);
        (Definition, _isDraining) = (changed, false);
        Configure();
        if (journal is not null)
            journal.IsDraining = false;
        if (!isSameEndpoint)
            BeginWithEndpoint();
        Stand(_isPaused, isGone: false);
    }

    /// <summary>Tells the journal what it has to know of the definition. To be called before it is asked for anything.</summary>
    public void Configure() => journal?.Configure(
        Definition.Lossy,
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(Definition.Url.AbsoluteUri.AsSpan())),
        EndpointFingerprint.Of(Definition));

    /// <summary>What an earlier process left is known.</summary>
    public void Recover()
    {
        (_isPaused, _isGone) = (journal!.IsPaused, journal.IsGone);
        var (wait, now) = (journal.Wait, time.Now());
        if (wait.LatestAttempt is { } latest && !(Pace.LatestAttempt > latest))
            Pace = Pace with { LatestAttempt = latest < now ? latest : now };
        var longest = Definition.Retry.Max > OutcomePolicy.MaxRetryAfter ? Definition.Retry.Max : OutcomePolicy.MaxRetryAfter;
        var rest = wait.RetryAt - now < longest ? wait.RetryAt - now : longest;
        _endpoint.Recover(Math.Clamp(wait.Failures, 0, MostRecoveredFailures), rest > TimeSpan.Zero ? now + rest : TimeSpan.Zero);
    }

    /// <summary>
    /// Puts the dead letters back into the outbox, oldest first, as long as it has room for them; none while the endpoint is gone, as they
    /// would be dead letters again.
    /// </summary>
    /// <returns>How many.</returns>
    public int Replay()
    {
        var count = _isGone ? 0 : _office.Letters.Replay();
        TakeIn();
        return count;
    }

    /// <summary>Begins to put some of them back, or to drop them.</summary>
    /// <returns>False when too much of that is under way already.</returns>
    public bool TryTake(LetterSelection selection)
    {
        if (_isGone && !selection.IsDrop)
        {
            selection.End();
            return true;
        }

        var isTaken = _office.TryTake(selection);
        TakeIn();
        return isTaken;
    }

    /// <returns>How many there were.</returns>
    public int DropDeadLetters() => _office.Drop();

    /// <summary>Looks for an event in memory.</summary>
    public EventFindings Find(string eventId)
    {
        var id = Encoding.UTF8.GetBytes(eventId);
        var e = outbox.Find(id, out var isCurrent);
        var letter = (_office.Letters as MemoryDeadLetters)?.Find(eventId) ?? journal?.FindUnwrittenLetter(eventId);
        string? type = null;
        var attempts = journal?.FindUnwritten(id, out type) ?? [];
        var more = Math.Max(0, attempts.Count - EventFindings.MaxAttempts);
        return new EventFindings(
            e?.Type ?? letter?.Event.Type ?? type,
            isCurrent ? EventPlace.InBatch : e is null ? EventPlace.NotFound : EventPlace.Waiting,
            letter is null ? null : FoundLetter.Of(letter),
            [.. attempts.Skip(more)],
            more,
            LookupGaps.InMemory);
    }

    /// <param name="nextAttemptAt">What the timer is set to.</param>
    public WebhookStatus StatusAt(DateTimeOffset? nextAttemptAt) => new(
        Definition,
        State,
        account.Accepted,
        account.Delivered,
        outbox.Count,
        _office.Letters.Count,
        account.Dropped,
        Failures,
        Attempts.Latest,
        _isPaused ? null : nextAttemptAt);

    /// <summary>From now on nothing waits for a throttle window.</summary>
    public void Drain()
    {
        if (!_isDraining && _endpoint.HasWait)
            NoteWait(isWorthARow: true);
        _isDraining = true;
        if (journal is not null)
            journal.IsDraining = true;
    }

    /// <summary>From now on nothing more is sent, as another actor will go on: the attempt under way is the last.</summary>
    public void HandOver()
    {
        Drain();
        _isHandedOver = true;
    }

    /// <summary>Takes out what is in memory and was accepted. An attempt under way is forgotten.</summary>
    public IReadOnlyList<WebhookEvent> TakeAll()
    {
        _isInFlight = false;
        TakeIn();
        return outbox.TakeAll();
    }

    /// <summary>Gives up what nothing but this memory holds. An attempt under way is forgotten.</summary>
    /// <returns>How many events.</returns>
    public int Abandon()
    {
        var lost = TakeAll().Count;
        if (journal is not null)
            return journal.Abandon();
        account.Drop(lost, DropReason.Stopped);
        return lost;
    }

    /// <summary>Takes in the events that have come since the last time.</summary>
    public void TakeIn()
    {
        account.Accept(outbox.TakeIn());
        _office.Expire();
        if (_isGone)
            Bury(outbox.TakeAll(), DeadLetterReason.Gone);
        else if (Definition.Lossy)
            account.Drop(outbox.TakeOverflow(), DropReason.Overflow);
        Settle();
    }

    private bool IsConfirmed() => journal is null || journal.TryConfirm();

    private NextStep Send(Batch batch, TimeSpan now)
    {
        _isInFlight = true;
        Pace = Pace with { LatestAttempt = now };
        if (Definition.Rate is not null)
            NoteWait(isWorthARow: false);
        AttemptsStarted++;
        return NextStep.Start(batch);
    }

    // The endpoint has nothing to do with it: no failure is counted, and the backoff is short.
    private Decision TryAgain(Batch batch, AttemptOutcome outcome, TimeSpan latency)
    {
        Log(batch, outcome, Decision.Retry, latency);
        if (outcome.Kind == AttemptEnd.NodeTrouble)
            _endpoint.BackOffForNode(time.Now());
        return Decision.Retry;
    }

    // Before the events leave the outbox.
    private void Log(Batch batch, AttemptOutcome outcome, Decision decision, TimeSpan latency)
    {
        var attempt = new Attempt(time.GetUtcNow(), batch.Id, batch.Events.Count, batch.Body.Length, outcome, decision, latency);
        Attempts.Add(attempt);
        journal?.Log(attempt, batch.Events);
    }

    private NextStep AwaitConnection(TimeSpan now) => NextStep.AwaitConnection(
        Definition.DiscardAfter is null || !outbox.IsInMemory ? null : WaitUntil(TimeSpan.MaxValue, now).LookAgainIn);

    // Not longer than the oldest event may live.
    private NextStep WaitUntil(TimeSpan moment, TimeSpan now)
    {
        if (!_lastChance.IsUnderWay && Definition.DiscardAfter is { } age && outbox.OldestAcceptedAt is { } oldest && oldest + age < moment)
            moment = oldest + age + TimeSpan.FromTicks(1);
        return NextStep.Wait(moment - now);
    }

    private void BackOff(TimeSpan atLeast, int requests = 1)
    {
        Note(EndpointStanding.Fails);
        var now = time.Now();
        _endpoint.BackOff(now, Definition.Retry, atLeast, requests);
        NoteWait(isWorthARow: _isDraining || _endpoint.RetryAt - now >= LongWait);
    }

    // A single event that keeps failing waits while another is tried, within the throttle as any. Usually that follows at once, so that an endpoint
    // that is there again meets the suspect first; the wait comes behind both.
    private void PlanProbe(Batch batch)
    {
        if (!outbox.CanProbe && outbox.FailedBehind > 0 && _poison.TryRepeat(PoisonAttempts))
            outbox.BreakOffProbe();
        if (!MayProbe(batch, time.Now()))
            return;
        _poison.PlanProbe();
        _endpoint.TryNow();
    }

    private Batch TryProbe(Batch batch, TimeSpan now)
    {
        if (outbox.IsProbing || (_poison.HasProbed && !_poison.IsProbeDue) || !MayProbe(batch, now))
            return batch;
        if (!outbox.IsFlushingUntried)
        {
            Pace = Pace with { LatestFlush = now };
            outbox.StartFlush();
        }

        return outbox.Probe();
    }

    private bool MayProbe(Batch batch, TimeSpan now) =>
        outbox.CanProbe && _poison.WantsProbe(PoisonAttempts, batch.Events.Count, outbox.IsOvertaken)
        && (outbox.IsFlushingUntried || _isDraining || now >= Pace.NextFlush(Definition.Throttle));

    private Decision FinishProbe(Batch batch, AttemptOutcome outcome, Decision decision, TimeSpan latency)
    {
        Log(batch, outcome, decision, latency);
        if (decision == Decision.Delivered)
        {
            Passed(batch);
            outbox.EndProbe(hasPassed: true);
            _poison.ProbePassed();
            return decision;
        }

        // What says nothing of the events ends it as well.
        if (OutcomePolicy.IsOfTheEvents(outcome) && PoisonAttempts > 0)
            outbox.EndProbe(hasPassed: false);
        BackOff(OutcomePolicy.LeastDelay(outcome, Definition.Retry), requests: _poison.IsProbeDue ? 2 : 1);
        if (_poison.ProbeFailed(PoisonAttempts, outbox.IsProbing ? int.MaxValue : outbox.FailedBehind + (outbox.IsOvertaken ? 0 : 1)))
            outbox.BreakOffProbe();
        return decision;
    }

    // Whether what is about to expire may have been refused because of other events.
    private bool HasRefused => _poison.HasFailed || _lastChance.HasFailed || OutcomePolicy.IsTheEndpoint(_endpoint.Refusals);

    // When events would expire that have not failed alone.
    private bool TryLastChance(TimeSpan moment)
    {
        if (PoisonAttempts == 0 || _lastChance.IsLost || !HasRefused || !(outbox.OldestAcceptedAt < moment))
            return false;
        outbox.BreakOffProbe();
        if (outbox.Current is { Events.Count: 1 })
        {
            if (!(outbox.NextAcceptedAt < moment))
                return false;
            Bury(outbox.TakeBatch(), DeadLetterReason.Expired);
            Settle();
        }
        else if (outbox.Current is not null)
        {
            outbox.Split();
        }

        _lastChance.Begin();
        _endpoint.TryNow();
        return true;
    }

    private Decision FinishLastChance(Batch batch, AttemptOutcome outcome, bool isOfTheEvents, TimeSpan latency)
    {
        var isAlone = batch.Events.Count == 1;
        var isExpired = Definition.DiscardAfter is { } age && batch.Events.AcceptedAt < time.Now() - age;
        var decision = !isOfTheEvents || (isAlone && !isExpired) ? Decision.Retry : isAlone ? Decision.Refuse : Decision.Split;
        Log(batch, outcome, decision, latency);
        _lastFailure = outcome;
        if (decision == Decision.Split)
        {
            outbox.Split();
            return decision;
        }

        _lastChance.Failed();
        if (decision == Decision.Refuse)
        {
            Bury(outbox.TakeBatch(), DeadLetterReason.Expired);
            Settle();
        }
        else if (isOfTheEvents)
        {
            _lastChance.End();
        }

        if (decision == Decision.Retry || !_lastChance.IsUnderWay)
            BackOff(OutcomePolicy.LeastDelay(outcome, Definition.Retry));
        return decision;
    }

    private void Settle()
    {
        var settled = outbox.TakeSettled();
        if (settled > 0)
            account.Deliver(settled);
    }

    private void Passed(Batch batch)
    {
        var hadWait = _endpoint.HasWait;
        _endpoint.Delivered(batch.IsFull);
        _poison.Passed();
        _lastChance.Passed();
        Note(EndpointStanding.Delivers);
        if (hadWait)
            NoteWait(isWorthARow: false);
    }

    private void BeginWithEndpoint()
    {
        _isToFormerEndpoint = _isInFlight;
        _endpoint.Forget();
        _poison.Forget();
        _lastChance.Forget();
        if (!_isInFlight)
            outbox.BreakOffProbe();
        NoteWait(isWorthARow: true);
        Note(EndpointStanding.Unknown);
    }

    // Nothing of a lossy webhook is journaled.
    private void NoteWait(bool isWorthARow) =>
        journal?.Note(
            new EndpointWait(_endpoint.Failures, _endpoint.RetryAt, Definition.Rate is null ? null : Pace.LatestAttempt), isWorthARow && !Definition.Lossy);

    private void Expire(TimeSpan now)
    {
        if (Definition.DiscardAfter is not { } age)
            return;
        if (_lastChance.IsUnderWay && !_isPaused && (outbox.Current is not null || outbox.HasParts || outbox.OldestAcceptedAt < now - age))
            return;
        _lastChance.End();
        if (!_isPaused && TryLastChance(now - age))
            return;
        Bury(outbox.TakeOlderThan(now - age), DeadLetterReason.Expired);
        Settle();
    }

    private void Stand(bool isPaused, bool isGone)
    {
        if (isPaused || isGone)
            Note(EndpointStanding.Fails);
        else if (_isPaused || _isGone)
            Note(EndpointStanding.Unknown);
        (_isPaused, _isGone) = (isPaused, isGone);
        journal?.Note(isPaused, isGone);
    }

    // With a journal, memory is given back once events are written, whatever the endpoint does.
    private void Note(EndpointStanding standing)
    {
        if (journal is null)
            outbox.Standing = standing;
    }

    private void Bury(IReadOnlyList<WebhookEvent> events, DeadLetterReason reason) =>
        _office.Bury(events, reason, _lastFailure, Definition.Lossy);
}
