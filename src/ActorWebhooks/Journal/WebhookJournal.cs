using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Journal;

/// <summary>
/// What a webhook has in the journal, without actor or database: it says what to ask of the journal next, and is told the answers. Events
/// go from the intake to the journal; once written they are accepted and go on to the outbox, from memory as far as the memory window
/// reaches, and from the journal beyond it. What the outbox is done with is written down in turn.
/// </summary>
internal sealed class WebhookJournal : IEventSource, IDeadLetters
{
    private readonly JournalIds _ids;
    private readonly OutboxIntake _intake;
    private readonly JournalNotice _notice;
    private readonly long _maxBytes;
    private readonly TimeProvider _time;
    private readonly Standing _standing;
    private readonly CommittedEvents _committed;
    private readonly RowWriter _writer;
    private readonly OutboxLoader _loader;
    private readonly DeadLetterUpkeep _upkeep;
    private readonly JournalHealth _health;
    private JournalRecovery? _recovery;
    private long _recovering;
    private long _number;

    public WebhookJournal(
        JournalIds ids,
        OutboxIntake intake,
        OutboxBudget budget,
        NodeBudget nodeBudget,
        WebhookAccount account,
        JournalNotice notice,
        JournalLimits limits,
        DeadLetterLimits deadLetters,
        TimeProvider time)
    {
        (_ids, _intake, _notice, _maxBytes, _time) = (ids, intake, notice, limits.MaxBytes, time);
        budget.Standing = EndpointStanding.Delivers;
        _standing = new Standing(account);
        _committed = new CommittedEvents(_standing, budget, nodeBudget, limits.MemoryWindow);
        _writer = new RowWriter(
            ids, _standing, new PendingEvents(ids, intake, account, _committed), account, _committed, limits.ChunkBytes, time);
        _loader = new OutboxLoader(ids, _standing, _committed, account, notice, time);
        _upkeep = new DeadLetterUpkeep(ids, _standing, budget, account, notice, deadLetters, time);
        _health = new JournalHealth(ids.WebhookId, notice, time);
        _recovery = new JournalRecovery(ids);
    }

    /// <summary>False until it is known where the webhook stood.</summary>
    public bool IsRecovered => _recovery is null;

    /// <summary>
    /// Whether events are done with of which the journal does not say so yet: to send more before it does would be to send more than one
    /// batch again after a crash.
    /// </summary>
    public bool IsBehind => _standing.IsBehind || !IsRecovered;

    /// <summary>Whether all that there is to be written is.</summary>
    public bool IsSettled => IsRecovered && _writer.IsIdle && !_standing.IsDirty;

    /// <summary>Whether nothing can be written, as far as this webhook has seen.</summary>
    public bool IsFailing => _health.Writes.IsFailing;

    /// <summary>How long to wait before <see cref="Next"/> asks again; null when nothing waits for that.</summary>
    public TimeSpan? RetryIn => _health.RetryIn;

    public bool IsPaused => _standing.IsPaused;

    public bool IsGone => _standing.IsGone;

    public int Behind => _standing.Rows.Behind + _committed.Count;

    /// <summary>What waits and is not in memory. Read from any thread, to whom it may be a moment old.</summary>
    public OutboxUse OnlyInJournal => new(_standing.Rows.Behind, _standing.Rows.BehindBytes);

    public int Count => _standing.DeadRows.Count + _standing.Letters.Count + _writer.LettersInFlight - _upkeep.Moving;

    /// <summary>Where the dead letters are to be read.</summary>
    public (string PersistenceId, JournalPosition From, long To) DeadLetters =>
        (_ids.Of(JournalStream.DeadLetters), _standing.DeadRows.Cursor, _standing.DeadRows.Newest);

    /// <summary>A lossy webhook has its events from memory alone, once those that have a row are out of the way.</summary>
    public void Configure(bool isLossy, ulong endpoint) => (_writer.IsLossy, _standing.Endpoint) = (isLossy, endpoint);

    /// <summary>What outlives a restart besides events.</summary>
    public void Note(bool isPaused, bool isGone) => (_standing.IsPaused, _standing.IsGone) = (isPaused, isGone);

    /// <summary>What to ask of the journal now; null when there is nothing to ask before an answer, an event or <see cref="RetryIn"/>.</summary>
    public JournalRequest? Next()
    {
        if (!_health.Writes.TryAsk())
            return null;
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
            case JournalFailed failed:
                Fail(failed);
                return;
            case RowsRead read when read.Number == _recovering:
                Recover(read);
                break;
            case RowWritten when _writer.IsAsked(answer.Number):
                _writer.Written();
                _health.Works(_health.Writes);
                break;
            case RowsRead read when _writer.IsAsked(answer.Number):
                Resolve(read);
                break;
            case RowsRead read when _loader.IsAsked(answer.Number):
                _loader.Read(read);
                _health.Works(_health.Reads);
                break;
            case RowsRead read when _upkeep.IsAsked(answer.Number):
                _upkeep.Read(read);
                _health.Works(_health.Reads);
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

        if (!_health.Writes.IsFailing)
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
        // Those that have no row yet will be in the next ones.
        var rowsToCome = (_writer.IsWritingLetters ? 1 : 0) + (_standing.Letters.Count > 0 ? 1 : 0);
        _upkeep.ReplayTo(_standing.DeadRows.Newest + rowsToCome);
        return Count;
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
        return _writer.Abandon();
    }

    private JournalRequest? NextRequest(long number)
    {
        if (_recovery is { } recovery)
        {
            if (_recovering != 0)
                return null;
            _recovering = number;
            return recovery.Next(number);
        }

        return _writer.Next(number, _upkeep)
            ?? (_health.Reads.TryAsk() ? NextRead(number) : null)
            ?? (JournalRequest?)(_health.Deletes.TryAsk() ? NextDelete(number) : null);
    }

    private ReadRows? NextRead(long number) => _loader.Next(number) ?? _upkeep.Next(number);

    private DeleteRows? NextDelete(long number) =>
        _standing.DeletedRows.Next(number, _ids.Of(JournalStream.Outbox), _standing.RecordedCursor.Row, _standing.Rows.Newest)
        ?? _standing.DeletedDeadRows.Next(
            number, _ids.Of(JournalStream.DeadLetters), _standing.RecordedDeadCursor.Row, _standing.DeadRows.Newest);

    private void Recover(RowsRead read)
    {
        _recovering = 0;
        var recovery = _recovery!;
        if (recovery.Read(read) is { } fault)
            _notice.Damaged(_ids.WebhookId, fault.Row, fault.Fault, "what it said of the webhook is taken from the row before it");
        if (!recovery.IsDone)
            return;
        _standing.Recover(recovery.State, recovery.NewestInOutbox, recovery.NewestOfDeadLetters, _time.GetUtcNow().ToUnixTimeMilliseconds());
        _recovery = null;
        _health.Works(_health.Writes);
    }

    // What became of a row that may not have been written.
    private void Resolve(RowsRead read)
    {
        if (!_writer.Found(read))
        {
            _writer.Failed();
            Refuse();
            _health.Displaced();
        }
        else if (!_writer.IsFailing)
        {
            _health.Works(_health.Writes);
        }
    }

    private void Fail(JournalFailed failed)
    {
        if (Fault(failed.Number) is { } patience)
            _health.Failed(patience, failed.Cause);
    }

    /// <returns>Of what has failed; null when it was given up in the meantime.</returns>
    private JournalPatience? Fault(long number)
    {
        if (number == _recovering || _writer.IsAsked(number))
        {
            if (number == _recovering)
                _recovering = 0;
            else
                _writer.Failed();
            Refuse();
            return _health.Writes;
        }

        if (_loader.IsAsked(number) || _upkeep.IsAsked(number))
        {
            if (_loader.IsAsked(number))
                _loader.Failed();
            else
                _upkeep.Failed();
            return _health.Reads;
        }

        foreach (var rows in (ReadOnlySpan<DeletedRows>)[_standing.DeletedRows, _standing.DeletedDeadRows])
        {
            if (!rows.IsAsked(number))
                continue;
            rows.Failed();
            return _health.Deletes;
        }

        return null;
    }

    private void Refuse()
    {
        _intake.Refusal = RefusalReason.JournalUnavailable;
        _writer.Refuse(RefusalReason.JournalUnavailable);
    }

    private void LimitIntake() =>
        _intake.Refusal = _standing.Rows.WaitingBytes > _maxBytes ? RefusalReason.OutboxFull : null;
}
