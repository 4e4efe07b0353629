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
    private bool _hasWrittenEvents;
    private bool _hasWrittenLetters;

    /// <summary>Events of a lossy webhook have no row, once those that have one are out of the way.</summary>
    public bool IsLossy { get; set; }

    /// <summary>Whether the latest row could not be written yet, so that what else the journal says does not count.</summary>
    public bool IsFailing { get; private set; }

    public bool IsIdle => _row is null && pending.Count == 0;

    /// <summary>Dead letters in a row that is being written, to become dead letters or to be none any more.</summary>
    public int LettersInFlight =>
        _row is null or { IsDropped: true } ? 0 : _row.Letters.Count + (_row is { IsReplay: true, Events: { } events } ? events.Count : 0);

    /// <summary>Whether dead letters are being written.</summary>
    public bool IsWritingLetters => _row is { Stream: JournalStream.DeadLetters };

    public bool IsAsked(long number) => _row is { Fate: RowFate.Asked } row && row.Number == number;

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
        _hasWrittenEvents |= row.Stream == JournalStream.Outbox;
        _hasWrittenLetters |= row.Stream == JournalStream.DeadLetters;
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
    /// <returns>False when another process writes there, which has begun later than this one and so has the right of way.</returns>
    public bool Found(RowsRead answer)
    {
        var row = _row!;
        if (answer.Rows.Length == 0)
            _row = row with { Fate = RowFate.Unwritten };
        else if (answer.Rows[0].Content.Bytes.AsSpan().SequenceEqual(row.Content.Bytes))
            Written();
        else if (HasWrittenTo(row.Stream) || !RowDecoder.TryReadHead(answer.Rows[0].Content, out var head, out _))
            return false;
        else
            WriteBehind(row, head, answer.Rows[0].Content.Bytes.Length);
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
    /// <returns>How many events.</returns>
    public int Abandon()
    {
        Refuse(RefusalReason.Stopping);
        var lost = pending.LetGo() + (_row?.NewEvents ?? 0);
        if (_row is { Events: { } events })
            committed.LetGo(events);
        _row = null;
        return lost;
    }

    // With those of a row that came late before it, if there is one.
    private void DropUpTo(RowInFlight row)
    {
        var letters = standing.DeadRows.Count;
        standing.DeadRows.RemoveTo(row.Row, letters);
        account.Drop(letters - row.Letters.Count, DropReason.Discarded);
    }

    private bool HasWrittenTo(JournalStream stream) => stream == JournalStream.Outbox ? _hasWrittenEvents : _hasWrittenLetters;

    // The commit of an earlier process came late. What is written behind it is what was to be written, and no more: of what the outbox has been
    // done with since, dead letters may still have to be written first.
    private void WriteBehind(RowInFlight row, RowHead head, long bytes)
    {
        standing.Adopt(row.Stream, row.Row, head, bytes);
        var state = row.Stream == JournalStream.Outbox
            ? row.State with { NewestRow = row.Row + 1, Waiting = row.State.Waiting + head.Events, WaitingBytes = row.State.WaitingBytes + bytes }
            : row.State with { NewestDeadRow = row.Row + 1, Dead = row.State.Dead + head.Events, DeadBytes = row.State.DeadBytes + bytes };
        var content = row.Letters.Count > 0 ? RowEncoder.Encode(state, row.Letters, time) : RowEncoder.Encode(state, row.Events, time);
        _row = row with { Row = row.Row + 1, State = state, Content = content, Fate = RowFate.Unwritten };
    }

    private RowInFlight? NextRow(DeadLetterUpkeep upkeep)
    {
        if (standing.Letters.Count > 0)
        {
            DeadLetter[] letters = [.. standing.Letters];
            standing.Letters.Clear();
            var state = standing.WriteDown(JournalStream.DeadLetters, null, letters);
            return new RowInFlight(
                JournalStream.DeadLetters, standing.DeadRows.Newest + 1, RowEncoder.Encode(state, letters, time), state, null, letters, false);
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
        return new RowInFlight(
            JournalStream.Outbox, standing.Rows.Newest + 1, RowEncoder.Encode(state, events, time), state, events, [], isReplay);
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
