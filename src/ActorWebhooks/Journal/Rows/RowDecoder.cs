using System.Text;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal.Rows;

/// <summary>Reads what <see cref="RowEncoder"/> made, and tells what is wrong with a row that is damaged.</summary>
internal static class RowDecoder
{
    // What an event takes in a page besides its bytes: a comma, and its slot.
    private const int PageOverhead = 1 + 12;

    public static bool TryReadHead(JournalRow row, out RowHead head, out string fault)
    {
        head = new RowHead(JournalState.Empty, 0, 0);
        if (!RowFrame.TryReadHead(row.Bytes, out var bytes, out fault))
            return false;
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        head = new RowHead(JournalState.Read(reader), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());
        return true;
    }

    /// <summary>The events of a row of the outbox, in a page of their own.</summary>
    public static bool TryReadEvents(JournalRow row, RowHead head, TimeProvider time, out EventPage? page, out string fault)
    {
        page = null;
        if (!RowFrame.TryReadBody(row.Bytes, out var body, out fault))
            return false;
        if (head.Events == 0)
            return true;
        using var reader = new BinaryReader(new MemoryStream(body));
        var slots = ReadSlots(reader, head.Events);
        var clock = new WallClock(time);
        var start = (int)reader.BaseStream.Position;
        page = new EventPage(body.Length - start + (head.Events * PageOverhead));
        foreach (var (length, after) in slots)
        {
            if (!page.TryAppend(body.AsSpan(start, length), clock.MomentOf(head.At + after)))
                throw new InvalidOperationException("A page was made too small for the events of a row.");
            start += length;
        }

        return true;
    }

    /// <summary>The letters of a row of dead letters.</summary>
    public static bool TryReadLetters(JournalRow row, RowHead head, out List<DeadLetter> letters, out string fault)
    {
        letters = new List<DeadLetter>(head.Events);
        if (!RowFrame.TryReadBody(row.Bytes, out var body, out fault))
            return false;
        if (head.Events == 0)
            return true;
        using var reader = new BinaryReader(new MemoryStream(body), Encoding.UTF8);
        var slots = ReadSlots(reader, head.Events);
        var deaths = new List<(int Count, DeadLetterReason Reason, DateTimeOffset At, int? Status, string Response)>();
        for (var left = head.Events; left > 0; left -= deaths[^1].Count)
        {
            var count = reader.Read7BitEncodedInt();
            var reason = (DeadLetterReason)reader.ReadByte();
            var at = DateTimeOffset.FromUnixTimeMilliseconds(head.At - reader.Read7BitEncodedInt64());
            var status = reader.Read7BitEncodedInt();
            deaths.Add((count, reason, at, status == 0 ? null : status, reader.ReadString()));
        }

        var start = (int)reader.BaseStream.Position;
        foreach (var death in deaths)
        {
            for (var i = 0; i < death.Count; i++)
            {
                var length = slots[letters.Count].Length;
                var e = WebhookEvent.Decode(body.AsSpan(start, length));
                letters.Add(new DeadLetter(e, death.Reason, death.At, death.Status, death.Response));
                start += length;
            }
        }

        return true;
    }

    private static (int Length, long After)[] ReadSlots(BinaryReader reader, int count)
    {
        var slots = new (int, long)[count];
        for (var i = 0; i < count; i++)
            slots[i] = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());
        return slots;
    }
}
