using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>Where a webhook stands now, and how much of that the journal says.</summary>
internal sealed class Standing(WebhookAccount account)
{
    private const int VersionsOfMillisecond = 20;

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

    /// <param name="now">Milliseconds since 1970.</param>
    public void Recover(JournalState state, long newestRow, long newestDeadRow, long now)
    {
        _recorded = state with { Version = Math.Max(state.Version, now << VersionsOfMillisecond) };
        Rows.Recover(state.Cursor, state.Waiting, state.WaitingBytes, newestRow);
        DeadRows.Recover(state.DeadCursor, state.Dead, state.DeadBytes, newestDeadRow);
        DeletedRows.Recover(state.DeletedTo);
        DeletedDeadRows.Recover(state.DeadDeletedTo);
        account.Restore(state.Delivered, state.Dropped, state.Waiting + state.Dead);
        IsPaused |= state.IsPaused;
        IsGone |= state.IsGone && state.Endpoint == Endpoint;
    }

    /// <summary>
    /// A row is there that was not when the streams were read: the last of an earlier process, whose commit came late. Its events are behind,
    /// or its letters kept; how far that process was does not count, as this one has begun from where it found things.
    /// </summary>
    public void Adopt(JournalStream stream, long row, RowHead head, long bytes)
    {
        account.Accept(head.Events);
        if (stream == JournalStream.DeadLetters)
            DeadRows.Wrote(row, head.Events, bytes);
        else
            Rows.LetGo(row, head.Events, bytes);
    }

    /// <summary>Events are in the journal that were not known of.</summary>
    public void Find(int events) => account.Accept(events);

    /// <summary>The state for a row with these. Whatever changes from now on is for a later row.</summary>
    public JournalState WriteDown(JournalStream stream, EventRun? events, IReadOnlyList<DeadLetter> letters)
    {
        _writtenMarks = (Rows.Finished, DeadRows.Removed);
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
