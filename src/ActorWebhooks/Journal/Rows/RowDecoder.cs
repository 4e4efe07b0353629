using System.Text;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Events;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal.Rows;

/// <summary>Reads what <see cref="RowEncoder"/> made, and tells what is wrong with a row that is damaged.</summary>
internal static class RowDecoder
{
    // What an event takes in a page besides its bytes: a comma, and its slot.
    private const int PageOverhead = 1 + 12;

    // What an event takes in a body besides its bytes, at least.
    private const int LeastSlot = 2;

    private const string Malformed = "its body is not what its head says";

    public static bool TryReadHead(JournalRow row, out RowHead head, out string fault)
    {
        head = new RowHead(RowKind.Data, JournalState.Empty, 0, 0);
        if (!RowFrame.TryReadHead(row.Bytes, out var bytes, out fault))
            return false;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
            head = RowFrame.FormatOf(row.Bytes) == 1 ? ReadFirstFormat(reader) : ReadHead(reader);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            fault = "its head is not one that can be read";
        }

        return fault.Length == 0;
    }

    /// <summary>The name of the process that wrote a fence or a claim; empty when it cannot be read.</summary>
    public static string ReadOwner(JournalRow row) =>
        TryReadHead(row, out var head, out _) && head.Kind != RowKind.Data && RowFrame.TryReadBody(row.Bytes, out var body, out _)
            ? Encoding.UTF8.GetString(body)
            : "";

    /// <summary>The events of a row of the outbox, in a page of their own.</summary>
    public static bool TryReadEvents(JournalRow row, RowHead head, TimeProvider time, out EventPage? page, out string fault)
    {
        page = null;
        if (!RowFrame.TryReadBody(row.Bytes, out var body, out fault))
            return false;
        if (head.Events == 0)
            return true;
        try
        {
            page = ReadEvents(body, head, new WallClock(time));
        }
        catch (Exception e) when (IsMalformed(e))
        {
            fault = Malformed;
        }

        return fault.Length == 0;
    }

    /// <summary>The letters of a row of dead letters.</summary>
    public static bool TryReadLetters(JournalRow row, RowHead head, out List<DeadLetter> letters, out string fault)
    {
        letters = [];
        if (!RowFrame.TryReadBody(row.Bytes, out var body, out fault))
            return false;
        if (head.Events == 0)
            return true;
        try
        {
            letters = ReadLetters(body, head);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            fault = Malformed;
        }

        return fault.Length == 0;
    }

    /// <summary>Whether reading failed for what stands there: the checksum tells that it is what was written, not that a row of this kind was.</summary>
    public static bool IsMalformed(Exception e) =>
        e is IOException or FormatException or InvalidDataException or ArgumentException or IndexOutOfRangeException or OverflowException;

    private static RowHead ReadFirstFormat(BinaryReader reader) => new(
        RowKind.Data, JournalState.Read(reader, hasEpochs: false), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());

    // What a later version adds stands behind the state.
    private static RowHead ReadHead(BinaryReader reader)
    {
        var (kind, events, at) = ((RowKind)reader.ReadByte(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());
        return new RowHead(kind, JournalState.Read(reader, hasEpochs: true), events, at);
    }

    private static EventPage ReadEvents(byte[] body, RowHead head, WallClock clock)
    {
        using var reader = new BinaryReader(new MemoryStream(body));
        var slots = ReadSlots(reader, body, head.Events);
        var start = StartOfEvents(reader, body, slots);
        var page = new EventPage(body.Length - start + (head.Events * PageOverhead));
        foreach (var (length, after) in slots)
        {
            if (!page.TryAppend(EventAt(body, start, length), clock.MomentOf(head.At + after)))
                throw new InvalidOperationException("A page was made too small for the events of a row.");
            start += length;
        }

        return page;
    }

    private static List<DeadLetter> ReadLetters(byte[] body, RowHead head)
    {
        using var reader = new BinaryReader(new MemoryStream(body), Encoding.UTF8);
        var slots = ReadSlots(reader, body, head.Events);
        var deaths = new List<(int Count, DeadLetterReason Reason, DateTimeOffset At, int? Status, string Response)>();
        for (var left = head.Events; left > 0; left -= deaths[^1].Count)
        {
            var count = reader.Read7BitEncodedInt();
            if (count < 1 || count > left)
                throw new InvalidDataException();
            var reason = (DeadLetterReason)reader.ReadByte();
            var at = DateTimeOffset.FromUnixTimeMilliseconds(head.At - reader.Read7BitEncodedInt64());
            var status = reader.Read7BitEncodedInt();
            deaths.Add((count, reason, at, status == 0 ? null : status, reader.ReadString()));
        }

        var letters = new List<DeadLetter>(head.Events);
        var start = StartOfEvents(reader, body, slots);
        foreach (var death in deaths)
        {
            for (var i = 0; i < death.Count; i++)
            {
                var length = slots[letters.Count].Length;
                var e = WebhookEvent.Decode(EventAt(body, start, length));
                letters.Add(new DeadLetter(e, death.Reason, death.At, death.Status, death.Response));
                start += length;
            }
        }

        return letters;
    }

    private static ReadOnlySpan<byte> EventAt(byte[] body, int start, int length)
    {
        var encoded = body.AsSpan(start, length);
        return EventEncoding.IsEvent(encoded) ? encoded : throw new InvalidDataException();
    }

    private static (int Length, long After)[] ReadSlots(BinaryReader reader, byte[] body, int count)
    {
        if (count > body.Length / LeastSlot)
            throw new InvalidDataException();
        var slots = new (int, long)[count];
        for (var i = 0; i < count; i++)
            slots[i] = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt64());
        return slots;
    }

    // The events are all that is left of the body.
    private static int StartOfEvents(BinaryReader reader, byte[] body, (int Length, long After)[] slots)
    {
        var start = (int)reader.BaseStream.Position;
        var left = (long)body.Length - start;
        foreach (var (length, _) in slots)
            left -= length > 0 ? length : throw new InvalidDataException();
        return left == 0 ? start : throw new InvalidDataException();
    }
}
