using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>
/// Takes events from the intake to the journal, and with each row what else there is to be said. One row at a time: while it is being
/// written the next gathers, so rows grow with the load. Who waits for a receipt has it once the row is written.
/// </summary>
internal sealed class RowWriter(
    JournalIds ids, Standing standing, PendingEvents pending, WebhookAccount account, CommittedEvents committed, int chunkBytes, TimeProvider time)
{
    private RowInFlight? _row;

    /// <summary>Events of a lossy webhook have no row, once those that have one are out of the way.</summary>
    public bool IsLossy { get; set; }

    /// <summary>Whether the latest row could not be written yet, so that what else the journal says does not count.</summary>
    public bool IsFailing { get; private set; }

    public bool IsIdle => _row is null && pending.Count == 0;

    /// <summary>Whether there is a row that is not known to be in the journal.</summary>
    public bool IsWriting => _row is not null;

    /// <summary>Dead letters in a row that is being written, to become dead letters or to be none any more.</summary>
    public int LettersInFlight =>
        _row is null or { IsDropped: true } ? 0 : _row.Letters.Count + (_row is { IsReplay: true, Events: { } events } ? events.Count : 0);

    /// <summary>Whether dead letters are being written.</summary>
    public bool IsWritingLetters => _row is { Stream: JournalStream.DeadLetters };

    public bool IsAsked(long number) => _row is { Fate: RowFate.Asked } row && row.Number == number;

    /// <summary>Whether events have come that no row holds. The intake calls from now on when they come, if there are none.</summary>
    public bool HasPending()
    {
        do
        {
            pending.TakeIn();
        }
        while (pending.Count == 0 && !pending.TryAwait());

        return pending.Count > 0;
    }

    /// <summary>What to ask of the journal; null when there is nothing to write, or an answer is due.</summary>
    public JournalRequest? Next(long number, DeadLetterUpkeep upkeep)
    {
        _row ??= NextRow(upkeep);
        if (_row is null || _row.Fate == RowFate.Asked)
            return null;
        var request = (_row with { Number = number }).Request(ids);
        _row = _row with { Number = number, Fate = RowFate.Asked };
        return request;
    }

    /// <summary>The row is in the journal.</summary>
    public void Written()
    {
        var row = _row!;
        _row = null;
        IsFailing = false;
        standing.Recorded(row.State);
        if (row.Stream == JournalStream.DeadLetters)
            standing.DeadRows.Wrote(row.Row, row.Letters.Count, Standing.CostOf(row.Letters));
        else if (row.Events is { } events)
            committed.Add(row.Row, events);
        else
            standing.Rows.Wrote(row.Row);
        if (row.IsDropped)
            DropUpTo(row);
        pending.Accept(row.NewEvents);
    }

    /// <summary>What stands where the row was to be written.</summary>
    /// <returns>
    /// False when another owner has fenced this one off: its row stands there, or it has delivered and deleted what stood there. An owner never deletes
    /// its own newest row.
    /// </returns>
    public bool Found(RowsRead answer)
    {
        var row = _row!;
        if (answer.Rows.Length == 0 && answer.Newest >= row.Row)
            return false;
        if (answer.Rows.Length == 0)
            _row = row with { Fate = RowFate.Unwritten };
        else if (answer.Rows[0].Content.Bytes.AsSpan().SequenceEqual(row.Content.Bytes))
            Written();
        else
            return false;
        return true;
    }

    /// <summary>The dead letters that are being written go as soon as they are.</summary>
    /// <returns>How many.</returns>
    public int DropLetters()
    {
        if (_row is not { Stream: JournalStream.DeadLetters, IsDropped: false } row)
            return 0;
        _row = row with { IsDropped = true };
        return row.Letters.Count;
    }

    /// <summary>Whether the row is in the journal is not known.</summary>
    public void Failed() => (_row, IsFailing) = (_row! with { Fate = RowFate.Unknown }, true);

    /// <summary>Tells all who wait that their events are not taken.</summary>
    public void Refuse(RefusalReason reason) => pending.Refuse(reason, _row?.NewEvents ?? 0);

    /// <summary>Gives up what is not in the journal.</summary>
    /// <param name="reason">What is told to those who wait.</param>
    /// <returns>How many events.</returns>
    public int Abandon(RefusalReason reason)
    {
        Refuse(reason);
        var lost = pending.LetGo() + (_row?.NewEvents ?? 0);
        if (_row is { Events: { } events })
            committed.LetGo(events);
        _row = null;
        return lost;
    }

    /// <summary>Another process owns the webhook: gives up the events that are not in the journal, and refuses them.</summary>
    public void Displaced()
    {
        Refuse(RefusalReason.NotOwner);
        for (var lost = pending.LetGo(); lost > 0; lost--)
            account.Refuse(RefusalReason.NotOwner);
        if (_row is not { NewEvents: > 0, Events: { } events })
            return;
        committed.LetGo(events);
        _row = null;
    }

    // With what the journal held before it.
    private void DropUpTo(RowInFlight row)
    {
        var letters = standing.DeadRows.Count;
        standing.DeadRows.RemoveTo(row.Row, letters);
        account.Drop(letters - row.Letters.Count, DropReason.Discarded);
    }

    private RowInFlight? NextRow(DeadLetterUpkeep upkeep)
    {
        if (standing.Letters.Count > 0)
        {
            DeadLetter[] letters = [.. standing.Letters];
            standing.Letters.Clear();
            var state = standing.WriteDown(JournalStream.DeadLetters, null, letters);
            var content = RowEncoder.Encode(state, letters, time);
            return new RowInFlight(
                JournalStream.DeadLetters, standing.DeadSegments.Epoch, standing.DeadRows.Newest + 1, content, state, null, letters, false);
        }

        if (upkeep.TakeReplay() is { } replay)
            return Row(replay.Events, isReplay: true);

        Gather();
        if (pending.Count > 0)
            return Row(pending.TakeChunk(chunkBytes), isReplay: false);
        return standing.IsDirty ? Row(null, isReplay: false) : null;
    }

    private RowInFlight Row(EventRun? events, bool isReplay)
    {
        var state = standing.WriteDown(JournalStream.Outbox, events, []);
        var content = RowEncoder.Encode(state, events, time);
        return new RowInFlight(JournalStream.Outbox, standing.Segments.Epoch, standing.Rows.Newest + 1, content, state, events, [], isReplay);
    }

    private void Gather()
    {
        do
        {
            pending.TakeIn();
            if (IsLossy && standing.Rows.Behind == 0 && pending.Count > 0)
                pending.Pass();
        }
        while (pending.Count == 0 && !standing.IsDirty && !pending.TryAwait());
    }
}
