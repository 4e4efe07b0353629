using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Journal;

/// <summary>Reads back what the memory window did not hold, some rows ahead of what is sent. A row that is damaged is set aside as dead.</summary>
internal sealed class OutboxLoader(
    JournalIds ids, Standing standing, CommittedEvents committed, WebhookAccount account, JournalNotice notice, TimeProvider time)
{
    private const int MostRows = 64;

    private long _number;
    private long _damagedRow;

    /// <summary>
    /// Whether everything was read, and events that should be there are not. They are lost only if this process owns the webhook: another owner
    /// may have delivered and deleted them.
    /// </summary>
    public bool HasMissing { get; private set; }

    public ReadRows? Next(long number)
    {
        var rows = standing.Rows;
        if (_number != 0 || HasMissing || rows.Behind == 0 || !IsWanted)
            return null;
        _number = number;
        var (epoch, last) = standing.Segments.Of(rows.NextRead);
        return new ReadRows(number, ids.Of(JournalStream.Outbox, epoch), rows.NextRead, Math.Min(rows.Newest, last), committed.Room)
        {
            MaxRows = (int)Math.Clamp(committed.Room / Math.Max(1, rows.MeanRowBytes), 1, MostRows),
        };
    }

    public bool IsAsked(long number) => _number != 0 && _number == number;

    public void Failed() => _number = 0;

    /// <summary>Reading goes on behind a fence when it has come to one.</summary>
    public void PassFence() => standing.Rows.ReadTo(standing.Segments.SkipFence(standing.Rows.NextRead) - 1);

    public void Read(RowsRead answer)
    {
        _number = 0;
        foreach (var (row, content) in answer.Rows)
        {
            if (row < standing.Rows.NextRead)
                continue;

            // How many have room was a guess: rows differ in size, and say so only once they are decompressed. The rest is read again.
            if (standing.Rows.MemoryBytes > 0 && committed.Room == 0)
                return;
            if (!TryLoad(row, content))
                return;
        }

        standing.Rows.ReadTo(answer.ReadTo);
        PassFence();
        HasMissing = standing.Rows.NextRead > standing.Rows.Newest && standing.Rows.Behind > 0;
    }

    // Reading ahead goes on when half of the window is free. What is behind a damaged row waits until everything before it is done with.
    private bool IsWanted =>
        standing.Rows.MemoryBytes == 0
            ? !standing.IsBehind
            : _damagedRow != standing.Rows.NextRead && committed.Room > standing.Rows.MemoryBytes;

    private bool TryLoad(long row, JournalRow content)
    {
        if (!RowDecoder.TryReadHead(content, out var head, out var fault))
            return SetAside(row, content, 1, fault);
        if (!RowDecoder.TryReadEvents(content, head, time, out var page, out fault))
            return SetAside(row, content, head.Events - standing.Rows.IndexIn(row), fault);
        committed.Load(row, page);
        return true;
    }

    private bool SetAside(long row, JournalRow content, int events, string fault)
    {
        _damagedRow = row;
        if (standing.Rows.MemoryBytes > 0 || standing.IsBehind)
            return false;
        var known = Math.Clamp(events, 1, Math.Max(1, standing.Rows.Behind));
        var name = $"{ids.Of(JournalStream.Outbox, standing.Segments.Of(row).Epoch)} {row}";
        notice.Damaged(ids.WebhookId, name, fault, $"its {known} events are set aside as a dead letter, and the rest goes on");
        standing.Letters.Add(DamagedRow.ToLetter(name, known, content, fault, time.GetUtcNow()));
        standing.Rows.Skip(row, known);
        PassFence();
        account.Bury(DeadLetterReason.Unreadable);
        account.Drop(known - 1, DropReason.Unreadable);
        return false;
    }

    /// <summary>This process owns the webhook, so what is missing is lost.</summary>
    public void GiveUpMissing()
    {
        if (!HasMissing)
            return;
        HasMissing = false;
        var missing = standing.Rows.Miss();
        notice.Damaged(
            ids.WebhookId, $"{ids.Of(JournalStream.Outbox, standing.Segments.Epoch)} {standing.Rows.Newest}", "rows before it are missing", $"{missing} events are lost with them");
        account.Drop(missing, DropReason.Unreadable);
    }
}
