using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Epochs;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>Where a webhook stands now, and how much of that the journal says.</summary>
internal sealed class Standing(WebhookAccount account, int rowsPerDelete)
{
    private const int MostOwners = 8;

    private JournalState _recorded = JournalState.Empty;
    private bool? _pauseWish;
    private bool? _goneWish;
    private RecordedWait? _waitWish;
    private bool _isWaitToWrite;
    private (long Finished, long Removed) _recordedMarks;
    private (long Finished, long Removed) _writtenMarks;

    public OutboxRows Rows { get; } = new();

    public DeadRows DeadRows { get; } = new();

    public DeletedRows DeletedRows { get; } = new(rowsPerDelete);

    public DeletedRows DeletedDeadRows { get; } = new(rowsPerDelete);

    /// <summary>Dead letters that no row holds yet. Events before them in the outbox are done with.</summary>
    public List<DeadLetter> Letters { get; } = [];

    /// <summary>Who wrote which rows of the outbox.</summary>
    public EpochSegments Segments { get; private set; } = EpochSegments.Unclaimed;

    /// <summary>Who wrote which rows of dead letters.</summary>
    public EpochSegments DeadSegments { get; private set; } = EpochSegments.Unclaimed;

    public bool IsPaused { get; private set; }

    public bool IsGone { get; private set; }

    /// <summary>Which endpoint <see cref="IsGone"/> is about.</summary>
    public ulong Endpoint { get; set; }

    /// <summary>Which endpoint is waited for.</summary>
    public ushort Fingerprint { get; set; }

    public RecordedWait Wait { get; private set; }

    /// <summary>The first event that is not done with, as far as the journal says.</summary>
    public JournalPosition RecordedCursor => _recorded.Cursor;

    public JournalPosition RecordedDeadCursor => _recorded.DeadCursor;

    /// <summary>Whether events are done with of which the journal does not say so yet.</summary>
    public bool IsBehind => Letters.Count > 0 || Rows.Finished != _recordedMarks.Finished;

    /// <summary>Whether anything is to be written besides new events.</summary>
    public bool IsDirty =>
        IsBehind || HasDoneOwners || _isWaitToWrite || DeadRows.Removed != _recordedMarks.Removed || (IsPaused, IsGone) != (_recorded.IsPaused, _recorded.IsGone);

    // Each row names all owners of which rows are left, so that those of which none is are to be forgotten at some time.
    private bool HasDoneOwners =>
        (Segments.All.Length > MostOwners && Segments.From(Math.Min(DeletedRows.To + 1, Rows.Cursor.Row)).All.Length < Segments.All.Length)
        || (DeadSegments.All.Length > MostOwners
            && DeadSegments.From(Math.Min(DeletedDeadRows.To + 1, DeadRows.Cursor.Row)).All.Length < DeadSegments.All.Length);

    public void Recover(JournalState state, long newestRow, long newestDeadRow)
    {
        _recorded = state;
        (Segments, DeadSegments) = (state.Segments, state.DeadSegments);
        Rows.Recover(state.Cursor, state.Waiting, state.WaitingBytes, newestRow);
        DeadRows.Recover(state.DeadCursor, state.Dead, state.DeadBytes, newestDeadRow);
        DeletedRows.Recover(state.DeletedTo);
        DeletedDeadRows.Recover(state.DeadDeletedTo);
        account.Restore(state.Delivered, state.Dropped, state.Waiting + state.Dead);
        IsPaused = _pauseWish ?? state.IsPaused;
        IsGone = _goneWish ?? (state.IsGone && state.Endpoint == Endpoint);
        Wait = _waitWish
            ?? (state.Wait.Endpoint == Fingerprint ? state.Wait : state.Wait with { Endpoint = Fingerprint, Failures = 0, RetryAt = 0 });
    }

    /// <summary>What outlives a restart besides events. It holds whatever else is read before the webhook is claimed.</summary>
    public void Note(bool isPaused, bool isGone)
    {
        if (isPaused != IsPaused)
            _pauseWish = isPaused;
        if (isGone != IsGone)
            _goneWish = isGone;
        (IsPaused, IsGone) = (isPaused, isGone);
    }

    /// <summary>The same of waits.</summary>
    /// <param name="isWorthARow">Whether it is to be written even if nothing else is.</param>
    public void Note(RecordedWait wait, bool isWorthARow)
    {
        _waitWish = Wait = wait;
        _isWaitToWrite |= isWorthARow;
    }

    /// <summary>The state with which a new owner begins; nothing of it holds before it is in the journal.</summary>
    /// <param name="epoch">The epoch that it claims.</param>
    /// <param name="fence">The number of the row that fences the former owner off from the outbox.</param>
    /// <param name="deadFence">The same of the dead letters.</param>
    public JournalState Claiming(long epoch, long fence, long deadFence)
    {
        var segments = Segments.From(Rows.Waiting == 0 ? DeletedRows.To + 1 : Math.Min(DeletedRows.To + 1, Rows.Cursor.Row)).Begin(epoch, fence);
        var deadSegments = DeadSegments.From(DeletedDeadRows.To + 1).Begin(epoch, deadFence);
        return _recorded with
        {
            Version = _recorded.Version + 1,
            Cursor = Rows.Waiting == 0 ? new JournalPosition(segments.First, 0) : Rows.Cursor,
            NewestRow = segments.First - 1,
            Waiting = Rows.Waiting,
            WaitingBytes = Rows.WaitingBytes,
            DeadCursor = DeadRows.Count == 0 ? new JournalPosition(deadSegments.First, 0) : DeadRows.Cursor,
            NewestDeadRow = deadSegments.First - 1,
            Dead = DeadRows.Count,
            DeadBytes = DeadRows.Bytes,
            Delivered = account.Delivered,
            Dropped = account.Dropped,
            Segments = segments,
            DeadSegments = deadSegments,
        };
    }

    /// <summary>The claim is in the journal.</summary>
    public void Claimed(JournalState state)
    {
        _recorded = _recorded with { Version = state.Version, Cursor = state.Cursor, DeadCursor = state.DeadCursor };
        (Segments, DeadSegments) = (state.Segments, state.DeadSegments);
        (_pauseWish, _goneWish, _waitWish) = (null, null, null);
        Rows.Wrote(state.NewestRow);
        DeadRows.Wrote(state.NewestDeadRow, 0, 0);
        if (DeadRows.Count == 0)
            DeadRows.RemoveTo(state.NewestDeadRow, 0);
    }

    /// <summary>Events are in the journal that were not known of.</summary>
    public void Find(int events) => account.Accept(events);

    /// <summary>The state for a row with these. Whatever changes from now on is for a later row.</summary>
    public JournalState WriteDown(JournalStream stream, EventRun? events, IReadOnlyList<DeadLetter> letters)
    {
        _writtenMarks = (Rows.Finished, DeadRows.Removed);
        _isWaitToWrite = false;
        return new JournalState
        {
            Version = _recorded.Version + 1,
            Cursor = Rows.Cursor,
            Waiting = Rows.Waiting + (events?.Count ?? 0),
            WaitingBytes = Rows.WaitingBytes + (events?.Cost ?? 0),
            NewestRow = Rows.Newest + (stream == JournalStream.Outbox ? 1 : 0),
            DeletedTo = DeletedRows.To,
            DeadCursor = DeadRows.Cursor,
            Dead = DeadRows.Count + letters.Count,
            DeadBytes = DeadRows.Bytes + CostOf(letters),
            NewestDeadRow = DeadRows.Newest + (stream == JournalStream.DeadLetters ? 1 : 0),
            DeadDeletedTo = DeletedDeadRows.To,
            Delivered = account.Delivered,
            Dropped = account.Dropped,
            IsPaused = IsPaused,
            IsGone = IsGone,
            Endpoint = Endpoint,
            Wait = Wait,
            Segments = Segments = Segments.From(Math.Min(DeletedRows.To + 1, Rows.Cursor.Row)),
            DeadSegments = DeadSegments = DeadSegments.From(Math.Min(DeletedDeadRows.To + 1, DeadRows.Cursor.Row)),
        };
    }

    /// <summary>What was written down is in the journal.</summary>
    public void Recorded(JournalState state) => (_recorded, _recordedMarks) = (state, _writtenMarks);

    public static long CostOf(IReadOnlyList<DeadLetter> letters)
    {
        var cost = 0L;
        foreach (var letter in letters)
            cost += OutboxBudget.CostOf(letter.Event) + letter.Response.Length;
        return cost;
    }
}
