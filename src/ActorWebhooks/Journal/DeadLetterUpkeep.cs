using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>
/// Reads dead letters, oldest row first, to put them back into the outbox, or to let go of those that are too old or too many. When some are
/// selected, the others of the rows that are read on the way are moved behind the newest ones: a row goes as a whole. A crash in between may
/// leave a letter that is moved in both places.
/// </summary>
internal sealed class DeadLetterUpkeep(
    JournalIds ids, Standing standing, OutboxBudget budget, WebhookAccount account, JournalNotice notice, DeadLetterLimits limits, TimeProvider time)
{
    private const int RowsAtOnce = 8;
    private const long BytesAtOnce = 4 * 1024 * 1024;
    private const int MostSelections = 16;

    // What is looked for while it replays; all letters are when there are none.
    private readonly List<LetterSelection> _selections = [];

    private long _number;
    private long _replayTo;
    private ReadyReplay? _replay;

    // When the oldest row is too old; it is not known before it was read.
    private DateTimeOffset _looksAt = DateTimeOffset.MinValue;

    /// <summary>Letters that are on their way to another row, and count there already.</summary>
    public int Moving => _replay?.Kept ?? 0;

    /// <summary>Whether letters are still to be put back into the outbox.</summary>
    public bool IsReplaying => _replayTo >= standing.DeadRows.Cursor.Row;

    public ReadRows? Next(long number)
    {
        EndSelections();
        var rows = standing.DeadRows;
        if (_number != 0 || _replay is not null || rows.Count == 0 || rows.Cursor.Row > rows.Newest || standing.Letters.Count > 0)
            return null;
        if (!IsReplaying && rows.Bytes <= limits.MaxDurableBytes && time.GetUtcNow() < _looksAt)
            return null;
        _number = number;
        var (epoch, last) = standing.DeadSegments.Of(rows.Cursor.Row);
        return new ReadRows(number, ids.Of(JournalStream.DeadLetters, epoch), rows.Cursor.Row, Math.Min(rows.Newest, last), BytesAtOnce)
        {
            MaxRows = IsReplaying ? 1 : RowsAtOnce,
        };
    }

    public bool IsAsked(long number) => _number != 0 && _number == number;

    public void Failed() => _number = 0;

    /// <summary>The answer that is due, if any, does not count.</summary>
    public void ForgetRead() => _number = 0;

    /// <summary>Everything up to a row goes back to the outbox.</summary>
    public void ReplayTo(long row)
    {
        EndAllSelections();
        _replayTo = row;
    }

    /// <summary>Looks for some letters up to a row.</summary>
    /// <returns>False when too many are looked for already, or all are being put back.</returns>
    public bool TrySelect(LetterSelection selection, long row)
    {
        if (_selections.Count == MostSelections || (IsReplaying && _selections.Count == 0 && standing.DeadRows.Count > 0))
            return false;
        _selections.Add(selection);
        _replayTo = row;
        EndSelections();
        return true;
    }

    /// <summary>A row of letters that leaves to be written to the outbox; null when none is ready.</summary>
    public ReadyReplay? TakeReplay()
    {
        // They may have been dropped since.
        if (_replay is { } old && old.Row < standing.DeadRows.Cursor.Row)
            ForgetReplay();
        var replay = _replay;
        _replay = null;
        if (replay is null)
            return null;
        standing.DeadRows.RemoveTo(replay.Row, replay.Letters);
        account.Drop(replay.Dropped, DropReason.Discarded);
        PassFence();
        MissRest();
        EndSelections();
        return replay;
    }

    /// <summary>Nothing that was kept until now is to be put back or looked at any more.</summary>
    public void Forget()
    {
        (_replayTo, _number) = (0, 0);
        ForgetReplay();
        EndAllSelections();
    }

    public void Read(RowsRead answer)
    {
        _number = 0;
        foreach (var (row, content) in answer.Rows)
        {
            if (row < standing.DeadRows.Cursor.Row)
                continue;
            if (!RowDecoder.TryReadHead(content, out var head, out var fault))
                Lose(row, 1, fault);
            else if (head.Events == 0)
                standing.DeadRows.RemoveTo(row, 0);
            else if (IsReplaying)
                Prepare(row, content, head);
            else if (!TryRemove(row, head))
                return;
            if (_replay is not null)
                return;
        }

        PassMissing(answer);
    }

    private void ForgetReplay()
    {
        foreach (var slice in _replay?.Events is { } events ? events.Slices : [])
        {
            budget.GiveBack(slice.Cost, slice.Count);
            slice.Page.Leave(slice.Count);
        }

        _replay = null;
    }

    private bool TryRemove(long row, RowHead head)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(head.At);
        var isOld = at + limits.MaxAge <= time.GetUtcNow();
        if (!isOld && standing.DeadRows.Bytes <= limits.MaxDurableBytes)
        {
            _looksAt = at + limits.MaxAge;
            return false;
        }

        standing.DeadRows.RemoveTo(row, head.Events);
        account.Drop(head.Events, isOld ? DropReason.DeadLetterExpired : DropReason.DeadLetterOverflow);
        return true;
    }

    private void Prepare(long row, JournalRow content, RowHead head)
    {
        if (!RowDecoder.TryReadLetters(content, head, out var letters, out var fault))
        {
            Lose(row, head.Events, fault);
            return;
        }

        var events = new List<WebhookEvent>();
        var dropped = 0;
        foreach (var letter in letters)
        {
            var selection = _selections.Find(selection => selection.Has(letter));
            var isWanted = _selections.Count == 0 || selection is not null;
            if (selection is { IsDrop: true })
                dropped++;
            else if (isWanted && letter.Reason != DeadLetterReason.Unreadable)
                events.Add(letter.Event);
            else
            {
                // What is not wanted, or cannot be sent, is kept behind the others. It is written there before it leaves its place.
                standing.Letters.Add(letter);
                continue;
            }

            selection?.Take(letter);
        }

        _replay = new ReadyReplay(row, letters.Count, dropped, events.Count == 0 ? null : Gather(events));
    }

    // All are found, or there is nowhere left to look.
    private void EndSelections()
    {
        if (_selections.Count == 0 || _replay is not null)
            return;
        var rows = standing.DeadRows;
        if (!IsReplaying || (rows.Count == 0 && rows.Newest >= _replayTo))
        {
            EndAllSelections();
            return;
        }

        for (var i = _selections.Count - 1; i >= 0; i--)
        {
            if (!_selections[i].IsComplete)
                continue;
            _selections[i].End();
            _selections.RemoveAt(i);
        }

        if (_selections.Count == 0)
            _replayTo = 0;
    }

    private void EndAllSelections()
    {
        if (_selections.Count > 0)
            _replayTo = 0;
        foreach (var selection in _selections)
            selection.End();
        _selections.Clear();
    }

    private EventRun Gather(List<WebhookEvent> events)
    {
        var page = new EventPage(events.Sum(e => EventPage.CapacityFor(e.Encoded.Length + 1)));
        foreach (var e in events)
            page.TryAppend(e.Encoded, time.Now());
        var slice = new EventSlice(page, 0, page.Count);
        budget.Take(slice.Cost, slice.Count);
        return new EventRun([slice]);
    }

    private void Lose(long row, int letters, string fault)
    {
        notice.Damaged(ids.WebhookId, $"{ids.Of(JournalStream.DeadLetters, standing.DeadSegments.Of(row).Epoch)} {row}", fault, $"its {letters} dead letters are lost");
        letters = Math.Min(letters, standing.DeadRows.Count);
        standing.DeadRows.RemoveTo(row, letters);
        account.Drop(letters, DropReason.Unreadable);
    }

    private void PassMissing(RowsRead answer)
    {
        if (standing.DeadRows.Cursor.Row <= answer.ReadTo)
            standing.DeadRows.RemoveTo(answer.ReadTo, 0);
        PassFence();
        MissRest();
    }

    private void PassFence()
    {
        var rows = standing.DeadRows;
        if (standing.DeadSegments.SkipFence(rows.Cursor.Row) > rows.Cursor.Row)
            rows.RemoveTo(rows.Cursor.Row, 0);
    }

    // Behind the newest row there are no letters, whatever damaged and missing rows let believe.
    private void MissRest()
    {
        var rows = standing.DeadRows;
        var missing = rows.Count;
        if (rows.Cursor.Row <= rows.Newest || missing == 0)
            return;
        notice.Damaged(
            ids.WebhookId,
            $"{ids.Of(JournalStream.DeadLetters, standing.DeadSegments.Epoch)} {rows.Newest}",
            "it or rows before it are damaged or missing",
            $"{missing} dead letters are lost with them");
        rows.RemoveTo(rows.Newest, missing);
        account.Drop(missing, DropReason.Unreadable);
    }
}
