using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>Where a webhook stands now, and how much of that the journal says.</summary>
internal sealed class Standing(WebhookAccount account)
{
    private JournalState _recorded = JournalState.Empty;
    private (long Finished, long Removed) _recordedMarks;
    private (long Finished, long Removed) _writtenMarks;

    public OutboxRows Rows { get; } = new();

    public DeadRows DeadRows { get; } = new();

    public DeletedRows DeletedRows { get; } = new();

    public DeletedRows DeletedDeadRows { get; } = new();

    /// <summary>Dead letters that no row holds yet. Events before them in the outbox are done with.</summary>
    public List<DeadLetter> Letters { get; } = [];

    public bool IsPaused { get; set; }

    public bool IsGone { get; set; }

    /// <summary>Which endpoint <see cref="IsGone"/> is about.</summary>
    public ulong Endpoint { get; set; }

    /// <summary>The first event that is not done with, as far as the journal says.</summary>
    public JournalPosition RecordedCursor => _recorded.Cursor;

    public JournalPosition RecordedDeadCursor => _recorded.DeadCursor;

    /// <summary>Whether events are done with of which the journal does not say so yet.</summary>
    public bool IsBehind => Letters.Count > 0 || Rows.Finished != _recordedMarks.Finished;

    /// <summary>Whether anything is to be written besides new events.</summary>
    public bool IsDirty =>
        IsBehind || DeadRows.Removed != _recordedMarks.Removed || (IsPaused, IsGone) != (_recorded.IsPaused, _recorded.IsGone);

    public void Recover(JournalState state, long newestRow, long newestDeadRow)
    {
        _recorded = state;
        Rows.Recover(state.Cursor, state.Waiting, state.WaitingBytes, newestRow);
        DeadRows.Recover(state.DeadCursor, state.Dead, state.DeadBytes, newestDeadRow);
        DeletedRows.Recover(state.DeletedTo);
        DeletedDeadRows.Recover(state.DeadDeletedTo);
        account.Restore(state.Delivered, state.Dropped, state.Waiting + state.Dead);
        IsPaused |= state.IsPaused;
        IsGone |= state.IsGone && state.Endpoint == Endpoint;
    }

    /// <summary>The state for a row with these. Whatever changes from now on is for a later row.</summary>
    public JournalState WriteDown(EventRun? events, IReadOnlyList<DeadLetter> letters)
    {
        _writtenMarks = (Rows.Finished, DeadRows.Removed);
        return new JournalState
        {
            Version = _recorded.Version + 1,
            Cursor = Rows.Cursor,
            Waiting = Rows.Waiting + (events?.Count ?? 0),
            WaitingBytes = Rows.WaitingBytes + (events?.Cost ?? 0),
            DeletedTo = DeletedRows.To,
            DeadCursor = DeadRows.Cursor,
            Dead = DeadRows.Count + letters.Count,
            DeadBytes = DeadRows.Bytes + CostOf(letters),
            DeadDeletedTo = DeletedDeadRows.To,
            Delivered = account.Delivered,
            Dropped = account.Dropped,
            IsPaused = IsPaused,
            IsGone = IsGone,
            Endpoint = Endpoint,
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
