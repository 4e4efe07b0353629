using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Attempts;
using ActorWebhooks.Journal.Epochs;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Journal.Search;
using ActorWebhooks.Outbox;
using ActorWebhooks.Ownership;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Journal;

/// <summary>
/// What a webhook has in the journal, without actor or database: it says what to ask of the journal next, and is told the answers. Events
/// go from the intake to the journal; once written they are accepted and go on to the outbox, from memory as far as the memory window
/// reaches, and from the journal beyond it. What the outbox is done with is written down in turn. Before anything is written or sent, the
/// webhook is claimed for this process; one that has nothing to do is only read.
/// </summary>
internal sealed class WebhookJournal : IEventSource, IDeadLetters
{
    // How soon it is looked again whether the node may claim.
    private static readonly TimeSpan LeaseInterval = TimeSpan.FromMilliseconds(250);

    // Others make room without a word to a webhook that refuses because of them.
    private static readonly TimeSpan RoomInterval = TimeSpan.FromSeconds(1);

    // A row that was written says that the webhook is owned; so long, it is not asked again.
    private static readonly TimeSpan ConfirmedFor = TimeSpan.FromSeconds(5);

    // A webhook numbers its rows one by one and never comes so far. Somebody else wrote a row beyond it, and no row could follow that one.
    private const long MostRow = 1L << 62;

    private static readonly TimeSpan MostWait = TimeSpan.FromDays(3650);

    private readonly JournalIds _ids;
    private readonly OutboxIntake _intake;
    private readonly JournalNotice _notice;
    private readonly long _maxBytes;
    private readonly DurableUse _use;
    private readonly TimeProvider _time;
    private readonly Standing _standing;
    private readonly CommittedEvents _committed;
    private readonly RowWriter _writer;
    private readonly OutboxLoader _loader;
    private readonly DeadLetterUpkeep _upkeep;
    private readonly JournalHealth _health;
    private readonly FenceRetention _fences;
    private readonly AttemptLogLimits? _logLimits;
    private readonly AttemptRecorder? _attempts;
    private readonly NodeOwner _owner;
    private JournalRecovery? _recovery;
    private OwnerClaim? _claim;
    private long _epoch;
    private long? _fence;
    private long? _deadFence;
    private bool _isClaimed;
    private bool _awaitsLease;
    private bool _isToConfirm;
    private long _confirming;
    private TimeSpan _confirmedAt;
    private TimeSpan _writeAskedAt;
    private TimeSpan _confirmationAskedAt;
    private long _recovering;
    private long _number;

    public WebhookJournal(
        JournalIds ids,
        OutboxIntake intake,
        OutboxBudget budget,
        NodeBudget nodeBudget,
        NodeBudget nodeDurableBudget,
        WebhookAccount account,
        JournalNotice notice,
        JournalLimits limits,
        DeadLetterLimits deadLetters,
        NodeOwner owner,
        TimeProvider time)
    {
        (_ids, _intake, _notice, _maxBytes, _owner, _time) = (ids, intake, notice, limits.MaxBytes, owner, time);
        budget.Standing = EndpointStanding.Delivers;
        _use = new DurableUse(nodeDurableBudget);
        _standing = new Standing(account, limits.RowsPerDelete);
        _committed = new CommittedEvents(_standing, budget, nodeBudget, limits.MemoryWindow);
        _writer = new RowWriter(
            ids, _standing, new PendingEvents(ids, intake, account, _committed), account, _committed, limits.ChunkBytes, time);
        _loader = new OutboxLoader(ids, _standing, _committed, account, notice, time);
        _upkeep = new DeadLetterUpkeep(ids, _standing, budget, account, notice, deadLetters, time);
        _health = new JournalHealth(ids.WebhookId, notice, time);
        _fences = new FenceRetention(ids, _standing, time);
        _logLimits = limits.Attempts;
        _attempts = _logLimits is null ? null : new AttemptRecorder(ids, _logLimits, notice, time);
        _recovery = new JournalRecovery(ids);
    }

    /// <summary>Another process owns the webhook: nothing is taken, written or sent any more.</summary>
    public bool IsDisplaced { get; private set; }

    /// <summary>The newest owner that this process knows of: itself once it has claimed the webhook.</summary>
    public long Epoch => _standing.Segments.Epoch;

    /// <summary>False until it is known where the webhook stood.</summary>
    public bool IsRecovered => _recovery is null;

    /// <summary>
    /// Whether events are done with of which the journal does not say so yet: to send more before it does would be to send more than one
    /// batch again after a crash. Nothing is to be sent either before the webhook is claimed, or by a process that is displaced.
    /// </summary>
    public bool IsBehind => _standing.IsBehind || !_isClaimed || IsDisplaced;

    /// <summary>
    /// Whether the journal has said lately that this process owns the webhook. If not, it is asked for that with <see cref="Next"/>, and
    /// until it has answered nothing is to be sent.
    /// </summary>
    public bool TryConfirm()
    {
        var isConfirmed = _time.Now() - _confirmedAt <= ConfirmedFor;
        _isToConfirm |= !isConfirmed;
        return isConfirmed;
    }

    /// <summary>Whether all that there is to be written is.</summary>
    public bool IsSettled => IsRecovered && _writer.IsIdle && !_standing.IsDirty && _attempts is null or { IsIdle: true };

    /// <summary>Whether nothing can be written, as far as this webhook has seen.</summary>
    public bool IsFailing => _health.Writes.IsFailing || IsDisplaced;

    /// <summary>How long to wait before <see cref="Next"/> asks again; null when nothing waits for that.</summary>
    public TimeSpan? RetryIn =>
        IsDisplaced ? null
        : _awaitsLease ? LeaseInterval
        : _health.RetryIn ?? (_intake.Refusal == RefusalReason.NodeFull ? RoomInterval : null);

    /// <summary>How long to wait before <see cref="Next"/> asks for the log of attempts; null when nothing waits for that.</summary>
    public TimeSpan? AttemptsDueIn => IsDisplaced || !_isClaimed || _health.Writes.RetryIn is not null ? null : _attempts?.DueIn;

    /// <summary>Whether attempts are kept.</summary>
    public bool LogsAttempts => _attempts is not null && !_writer.IsLossy;

    /// <summary>From now on nothing that is to be written waits for company.</summary>
    public bool IsDraining
    {
        set
        {
            if (_attempts is not null)
                _attempts.IsDraining = value;
        }
    }

    public bool IsPaused => _standing.IsPaused;

    public bool IsGone => _standing.IsGone;

    /// <summary>What is waited for.</summary>
    public EndpointWait Wait
    {
        get
        {
            var wait = _standing.Wait;
            return new EndpointWait(
                wait.Failures, wait.RetryAt > 0 ? MomentOf(wait.RetryAt) : TimeSpan.Zero, wait.LatestAttempt > 0 ? MomentOf(wait.LatestAttempt) : null);
        }
    }

    public int Behind => _standing.Rows.Behind + _committed.Count;

    /// <summary>What waits and is not in memory. Read from any thread, to whom it may be a moment old.</summary>
    public OutboxUse OnlyInJournal => new(_standing.Rows.Behind, _standing.Rows.BehindBytes);

    public int Count => _standing.DeadRows.Count + _standing.Letters.Count + _writer.LettersInFlight - _upkeep.Moving;

    /// <summary>Where the dead letters are to be read.</summary>
    public (JournalIds Ids, EpochSegments Segments, JournalPosition From, long To) DeadLetters =>
        (_ids, _standing.DeadSegments, _standing.DeadRows.Cursor, _standing.DeadRows.Newest);

    /// <summary>Where an event is to be looked for.</summary>
    public SearchedJournal Searched
    {
        get
        {
            var (rows, dead) = (_standing.Rows, _standing.DeadRows);
            return new SearchedJournal(
                _ids, LogsAttempts ? _logLimits : null, _standing.DeadSegments, dead.Cursor, dead.Newest, dead.Count,
                _standing.Segments, rows.NextRead, rows.Newest, rows.Behind);
        }
    }

    /// <summary>A lossy webhook has its events from memory alone, once those that have a row are out of the way.</summary>
    /// <param name="endpoint">Which endpoint a webhook is gone from.</param>
    /// <param name="fingerprint">Which one it waits for: whatever the requests differ in makes another.</param>
    public void Configure(bool isLossy, ulong endpoint, ushort fingerprint) =>
        (_writer.IsLossy, _standing.Endpoint, _standing.Fingerprint) = (isLossy, endpoint, fingerprint);

    /// <summary>What outlives a restart besides events.</summary>
    public void Note(bool isPaused, bool isGone) => _standing.Note(isPaused, isGone);

    /// <summary>The same of waits.</summary>
    /// <param name="isWorthARow">Whether it is to be written even if nothing else is.</param>
    public void Note(EndpointWait wait, bool isWorthARow)
    {
        var clock = new WallClock(_time);
        _standing.Note(
            new RecordedWait(
                _standing.Fingerprint,
                wait.Failures,
                wait.RetryAt > TimeSpan.Zero ? clock.At(wait.RetryAt) + 1 : 0,
                wait.LatestAttempt is { } latest ? clock.At(latest) + 1 : 0),
            isWorthARow);
    }

    /// <summary>Keeps an attempt. Nothing of a lossy webhook is journaled.</summary>
    /// <param name="events">Of its batch; they are not kept.</param>
    public void Log(Attempt attempt, EventRun events)
    {
        if (LogsAttempts)
            _attempts!.Add(attempt, events);
    }

    /// <summary>Attempts that had an event and are not in the journal yet, oldest first.</summary>
    /// <param name="eventId">The UTF-8 bytes of its id.</param>
    /// <param name="type">Of the event; null when it is not known.</param>
    public List<Attempt> FindUnwritten(ReadOnlySpan<byte> eventId, out string? type)
    {
        var found = new List<Attempt>();
        type = null;
        foreach (var row in _attempts is null ? [] : _attempts.Unwritten())
        {
            if (AttemptRow.TryReadHead(row, out var head, out _) && AttemptRow.TryFind(row, head, eventId, found, out var typeOfRow, out _))
                type ??= typeOfRow;
        }

        return found;
    }

    /// <returns>The dead letter of an event, if it is not in the journal yet.</returns>
    public DeadLetter? FindUnwrittenLetter(string eventId) =>
        _standing.Letters.Find(letter => letter.Event.Id == eventId) ?? _writer.FindLetter(eventId);

    /// <summary>What to ask of the journal now; null when there is nothing to ask before an answer, an event or <see cref="RetryIn"/>.</summary>
    public JournalRequest? Next()
    {
        if (!IsDisplaced && _owner.Lease.State == LeaseState.Lost)
        {
            // The node has told of it.
            Displace();
            _health.Forget();
        }

        while (IsDisplaced && _writer.HasPending())
            _writer.Displaced();
        if (IsDisplaced || !_health.Writes.TryAsk())
            return null;
        LimitIntake();
        var number = _number + 1;
        var request = NextRequest(number);
        if (request is not null)
            _number = number;
        return request;
    }

    public void Answer(JournalAnswer answer)
    {
        switch (answer)
        {
            case { } when _attempts?.IsAsked(answer.Number) == true:
                _attempts.Answer(answer, Epoch);
                return;
            case JournalFailed failed:
                Fail(failed);
                return;
            case RowsRead { Newest: > MostRow } read:
                Fail(new JournalFailed(read.Number, $"it has a row numbered {read.Newest}, which no webhook has written; delete that row"));
                return;
            case RowsRead read when read.Number == _recovering:
                Recover(read);
                break;
            case { } when _claim?.IsAsked(answer.Number) == true:
                Claim(_claim, answer);
                break;
            case RowWritten when _writer.IsAsked(answer.Number):
                _writer.Written();
                _confirmedAt = _writeAskedAt;
                _health.Works(_health.Writes);
                break;
            case RowsRead read when _confirming != 0 && read.Number == _confirming:
                Confirm(read);
                break;
            case RowsRead read when _writer.IsAsked(answer.Number):
                Resolve(read);
                break;
            case RowsRead read when _loader.IsAsked(answer.Number):
                _loader.Read(read);
                _isToConfirm |= _loader.HasMissing;
                _health.Works(_health.Reads);
                break;
            case RowsRead read when _upkeep.IsAsked(answer.Number):
                _upkeep.Read(read);
                _health.Works(_health.Reads);
                break;
            case RowsRead read when _fences.IsAsked(answer.Number):
                _fences.Read(read);
                _health.Works(_health.Reads);
                break;
            case RowsDeleted when _fences.IsAsked(answer.Number):
                _fences.Deleted();
                _health.Works(_health.Deletes);
                break;
            case RowsDeleted when _standing.DeletedRows.IsAsked(answer.Number):
                _standing.DeletedRows.Deleted();
                _health.Works(_health.Deletes);
                break;
            case RowsDeleted when _standing.DeletedDeadRows.IsAsked(answer.Number):
                _standing.DeletedDeadRows.Deleted();
                _health.Works(_health.Deletes);
                break;
        }

        LimitIntake();
    }

    public int TakeInto(EventQueue waiting)
    {
        _committed.TakeInto(waiting);

        // They count as accepted since they were written.
        return 0;
    }

    public bool TryAwait() => _committed.Count == 0;

    public void Finished(EventRun events)
    {
        foreach (var slice in events.Slices)
            _standing.Rows.Finish(slice.Count, slice.Cost);
    }

    public int Expire(DateTimeOffset before) => 0;

    public int Add(IReadOnlyList<DeadLetter> letters)
    {
        _standing.Letters.AddRange(letters);
        return 0;
    }

    public int Replay()
    {
        _upkeep.ReplayTo(NewestDeadRow);
        return Count;
    }

    public bool TryTake(LetterSelection selection, out int dropped)
    {
        dropped = 0;
        return _upkeep.TrySelect(selection, NewestDeadRow);
    }

    public int Clear()
    {
        // They stand in two places.
        var moving = _upkeep.Moving;
        _upkeep.Forget();
        var (kept, unwritten) = (_standing.DeadRows.Count - moving, _standing.Letters.Count);
        _standing.DeadRows.RemoveTo(_standing.DeadRows.Newest, _standing.DeadRows.Count);
        _standing.Letters.Clear();
        // There may be nothing left to read by which it would be seen to work.
        if (_standing.Rows.Behind == 0)
            _health.Works(_health.Reads);
        return kept + unwritten + _writer.DropLetters();
    }

    /// <summary>Gives up what is not in the journal.</summary>
    /// <returns>How many events.</returns>
    public int Abandon()
    {
        _upkeep.Forget();
        _health.Forget();
        _use.End();
        if (_writer.IsWriting)
            _owner.Unsettled.Add(_ids.WebhookId);
        return _writer.Abandon(RefusalReason.Stopping);
    }

    // A row may say anything.
    private TimeSpan MomentOf(long milliseconds)
    {
        var (now, most) = (_time.Now(), (long)MostWait.TotalMilliseconds);
        return now + TimeSpan.FromMilliseconds(Math.Clamp(milliseconds - new WallClock(_time).At(now), -most, most));
    }

    // Letters that have no row yet will be in the next ones.
    private long NewestDeadRow => _standing.DeadRows.Newest + (_writer.IsWritingLetters ? 1 : 0) + (_standing.Letters.Count > 0 ? 1 : 0);

    private JournalRequest? NextRequest(long number)
    {
        if (_recovery is { } recovery)
        {
            if (_recovering != 0)
                return null;
            _recovering = number;
            return recovery.Next(number);
        }

        if (!_isClaimed)
            return NextUnclaimed(number);
        if (_writer.Next(number, _upkeep) is { } write)
        {
            _writeAskedAt = _time.Now();
            return write;
        }

        return _attempts?.Next(number, Epoch, isInCompany: !_writer.IsIdle)
            ?? (_health.Reads.TryAsk() ? NextRead(number) : null)
            ?? (JournalRequest?)(_health.Deletes.TryAsk() ? NextDelete(number) : null);
    }

    // A webhook that has nothing to do is left as it is, so that looking at it costs the journal nothing.
    private JournalRequest? NextUnclaimed(long number)
    {
        if (_claim is not null)
            return AskClaim(_claim, number);
        _awaitsLease = false;
        if (_standing.Rows.Waiting == 0 && !_standing.IsDirty && !_upkeep.IsReplaying && !_writer.HasPending())
            return _health.Reads.TryAsk() ? _upkeep.Next(number) : null;
        _awaitsLease = _owner.Lease.State != LeaseState.Held;
        if (_awaitsLease)
            return null;

        // What it is about to read of dead letters may be outdated.
        _upkeep.ForgetRead();
        _claim = new OwnerClaim(_ids, _standing, _epoch, _fence, _deadFence, _owner.Name, _time);
        return AskClaim(_claim, number);
    }

    private JournalRequest? AskClaim(OwnerClaim claim, long number)
    {
        var request = claim.Next(number);
        if (request is not null)
            _writeAskedAt = _time.Now();
        return request;
    }

    private ReadRows? NextConfirmation(long number)
    {
        if (!_isToConfirm || _confirming != 0)
            return null;
        (_isToConfirm, _confirming, _confirmationAskedAt) = (false, number, _time.Now());
        return new ReadRows(number, _ids.Claims, 1, 0, 0);
    }

    private void Confirm(RowsRead read)
    {
        _confirming = 0;
        _health.Works(_health.Reads);
        if (read.Newest != _standing.Segments.Epoch)
        {
            Displace("");
            return;
        }

        _confirmedAt = _confirmationAskedAt;
        _loader.GiveUpMissing();
    }

    private ReadRows? NextRead(long number) => NextConfirmation(number) ?? _loader.Next(number) ?? _upkeep.Next(number) ?? _fences.NextRead(number);

    private DeleteRows? NextDelete(long number) =>
        _standing.DeletedRows.Next(
            number, _ids, JournalStream.Outbox, _standing.Segments, _standing.RecordedCursor.Row, _standing.Rows.Newest)
        ?? _standing.DeletedDeadRows.Next(
            number, _ids, JournalStream.DeadLetters, _standing.DeadSegments, _standing.RecordedDeadCursor.Row, _standing.DeadRows.Newest)
        ?? _fences.NextDelete(number);

    private void Recover(RowsRead read)
    {
        _recovering = 0;
        var recovery = _recovery!;
        if (recovery.Read(read) is { } fault)
            _notice.Damaged(_ids.WebhookId, fault.Row, fault.Fault, "what it said of the webhook is taken from the row before it");
        if (!recovery.IsDone)
            return;
        _standing.Recover(recovery.State, recovery.NewestInOutbox, recovery.NewestOfDeadLetters);
        (_epoch, _fence, _deadFence, _recovery) = (recovery.Epoch, recovery.Fence, recovery.DeadFence, null);

        // One that slept in this process, and whom nobody has taken over since, needs no new epoch.
        _isClaimed = _epoch > 0 && recovery.Owner == _owner.Name && _fence is null && _deadFence is null
            && !_owner.Unsettled.Contains(_ids.WebhookId);
        _loader.PassFence();
        _health.Works(_health.Writes);
    }

    private void Claim(OwnerClaim claim, JournalAnswer answer)
    {
        if (!claim.IsInDoubt)
            _health.Works(_health.Writes);
        switch (claim.Answer(answer))
        {
            case ClaimOutcome.Claimed:
                _standing.Claimed(claim.State);
                _confirmedAt = _writeAskedAt;
                _loader.PassFence();
                _fences.Begin(_epoch + 1);
                (_isClaimed, _claim) = (true, null);
                _owner.Unsettled.Remove(_ids.WebhookId);
                break;
            case ClaimOutcome.Outdated:
                // Nothing was taken from what was read, so it can be read once more.
                (_claim, _recovery) = (null, new JournalRecovery(_ids));
                break;
        }
    }

    /// <param name="owner">The name of the process that owns the webhook now; empty when it is not known.</param>
    private void Displace(string owner)
    {
        Displace();
        _health.Displaced(owner);
    }

    private void Displace()
    {
        (IsDisplaced, _claim, _recovering) = (true, null, 0);
        _intake.Refusal = RefusalReason.NotOwner;
        _writer.Displaced();
        _use.End();
    }

    // What became of a row that may not have been written.
    private void Resolve(RowsRead read)
    {
        if (!_writer.Found(read))
        {
            Displace(read.Rows.Length == 0 ? "" : RowDecoder.ReadOwner(read.Rows[0].Content));
            return;
        }

        if (!_writer.IsFailing)
            _health.Works(_health.Writes);
    }

    private void Fail(JournalFailed failed)
    {
        var number = failed.Number;
        if (_writer.IsAsked(number))
        {
            _writer.Failed();
            FailWrite(failed);
        }
        else if (number == _recovering)
        {
            _recovering = 0;
            FailWrite(failed);
        }
        else if (_claim?.IsAsked(number) == true)
        {
            _claim.Failed();
            FailWrite(failed);
        }
        else if (FailRead(number))
        {
            _health.Failed(_health.Reads, failed.Cause);
        }
        else if (FailDelete(number))
        {
            _health.Failed(_health.Deletes, failed.Cause);
        }
    }

    private void FailWrite(JournalFailed failed)
    {
        if (!failed.IsTimeout && _health.IsSlip())
            return;
        Refuse();
        _health.Failed(_health.Writes, failed.Cause);
    }

    private bool FailRead(long number)
    {
        if (_loader.IsAsked(number))
            _loader.Failed();
        else if (_upkeep.IsAsked(number))
            _upkeep.Failed();
        else if (number == _confirming)
            _confirming = 0;
        else
            return false;
        return true;
    }

    private bool FailDelete(long number)
    {
        if (_fences.IsAsked(number))
            _fences.Failed();
        else if (_standing.DeletedRows.IsAsked(number))
            _standing.DeletedRows.Failed();
        else if (_standing.DeletedDeadRows.IsAsked(number))
            _standing.DeletedDeadRows.Failed();
        else
            return false;
        return true;
    }

    private void Refuse()
    {
        _intake.Refusal = RefusalReason.JournalUnavailable;
        _writer.Refuse(RefusalReason.JournalUnavailable);
    }

    private void LimitIntake()
    {
        if (IsFailing)
            return;
        _use.Set(_standing.Rows.WaitingBytes + _standing.DeadRows.Bytes);
        _intake.Refusal = _standing.Rows.WaitingBytes > _maxBytes ? RefusalReason.OutboxFull
            : _use.IsOverLimit ? RefusalReason.NodeFull
            : null;
    }
}
