using System.Text;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Text;

namespace ActorWebhooks.Journal.Attempts;

/// <summary>Reads what <see cref="AttemptDraft"/> made, and tells what is wrong with a row that is damaged.</summary>
internal static class AttemptRow
{
    // A flag, an empty id and no events; an attempt has more.
    private const int LeastItem = 3;

    private const string Malformed = "its body is not what its head says";

    public static bool TryReadHead(JournalRow row, out AttemptRowHead head, out string fault)
    {
        head = default;
        if (!RowFrame.TryReadHead(row.Bytes, out var bytes, out fault))
            return false;
        try
        {
            using var from = new BinaryReader(new MemoryStream(bytes.ToArray()));
            if (from.ReadByte() != (byte)RowKind.Attempts)
                throw new InvalidDataException();
            head = new AttemptRowHead(
                from.Read7BitEncodedInt64(),
                from.Read7BitEncodedInt64(),
                from.Read7BitEncodedInt64(),
                from.Read7BitEncodedInt64(),
                from.Read7BitEncodedInt(),
                from.Read7BitEncodedInt64(),
                from.ReadUInt64());
            if (head.Epoch < 0 || head.Before < 0 || head.Count < 0 || head.Missed < 0 || !IsTime(head.From) || !IsTime(head.To))
                throw new InvalidDataException();
        }
        catch (Exception e) when (RowDecoder.IsMalformed(e))
        {
            fault = "its head is not one that can be read";
        }

        return fault.Length == 0;
    }

    /// <summary>The attempts of a row that had an event, oldest first.</summary>
    /// <param name="eventId">Its UTF-8 bytes.</param>
    /// <param name="type">The type of the event; null when no attempt had it, or its type was not kept.</param>
    public static bool TryFind(
        JournalRow row, AttemptRowHead head, ReadOnlySpan<byte> eventId, List<Attempt> found, out string? type, out string fault)
    {
        type = null;
        if (!RowFrame.TryReadBody(row.Bytes, out var body, out fault))
            return false;
        var before = found.Count;
        try
        {
            using var from = new BinaryReader(new MemoryStream(body), Encoding.UTF8);
            var types = ReadTypes(from, body);
            var batches = ReadBatches(from, body, EventFingerprint.Of(eventId, head.Seed), types, out type);
            ReadAttempts(from, head, batches, found);
        }
        catch (Exception e) when (RowDecoder.IsMalformed(e))
        {
            found.RemoveRange(before, found.Count - before);
            (type, fault) = (null, Malformed);
        }

        return fault.Length == 0;
    }

    private static string[] ReadTypes(BinaryReader from, byte[] body)
    {
        var types = new string[CountOf(from, body, most: AttemptDraft.MaxTypes)];
        for (var i = 0; i < types.Length; i++)
            types[i] = OutsideText.Clean(Encoding.UTF8.GetString(Bytes(from, body, from.Read7BitEncodedInt())));
        return types;
    }

    private static (string Id, int Events, bool HasEvent)[] ReadBatches(
        BinaryReader from, byte[] body, ulong fingerprint, string[] types, out string? type)
    {
        type = null;
        var batches = new (string, int, bool)[CountOf(from, body, most: body.Length / LeastItem)];
        for (var i = 0; i < batches.Length; i++)
        {
            var id = from.ReadBoolean() ? new Guid(Bytes(from, body, 16)).ToString("N") : OutsideText.Clean(from.ReadString());
            var events = from.Read7BitEncodedInt();
            if (events < 0 || events > body.Length / EventFingerprint.Length)
                throw new InvalidDataException();
            var runs = from.BaseStream.Position;
            for (var left = events; left > 0; left -= ReadRun(from, types, left).Events)
            {
            }

            var place = EventFingerprint.IndexIn(Bytes(from, body, events * EventFingerprint.Length), fingerprint);
            batches[i] = (id, events, place >= 0);
            if (place < 0)
                continue;
            var end = from.BaseStream.Position;
            from.BaseStream.Position = runs;
            type = TypeAt(from, types, place) ?? type;
            from.BaseStream.Position = end;
        }

        return batches;
    }

    private static string? TypeAt(BinaryReader from, string[] types, int place)
    {
        while (true)
        {
            var (type, events) = ReadRun(from, types, int.MaxValue);
            if (place < events)
                return type == AttemptDraft.NoType ? null : types[type - 1];
            place -= events;
        }
    }

    private static (int Type, int Events) ReadRun(BinaryReader from, string[] types, int most)
    {
        var (type, events) = (from.Read7BitEncodedInt(), from.Read7BitEncodedInt());
        return type >= 0 && type <= types.Length && events > 0 && events <= most ? (type, events) : throw new InvalidDataException();
    }

    private static void ReadAttempts(BinaryReader from, AttemptRowHead head, (string Id, int Events, bool HasEvent)[] batches, List<Attempt> found)
    {
        for (var left = head.Count; left > 0; left--)
        {
            var batch = batches[from.Read7BitEncodedInt()];
            var at = DateTimeOffset.FromUnixTimeMilliseconds(head.From + from.Read7BitEncodedInt64());
            var bytes = from.Read7BitEncodedInt();
            var (kind, status, decision) = ((AttemptEnd)from.ReadByte(), from.Read7BitEncodedInt(), (Decision)from.ReadByte());
            var latency = new TimeSpan(from.Read7BitEncodedInt64());
            var error = from.ReadBoolean() ? from.ReadString() : null;
            var response = from.ReadString();
            if (!Enum.IsDefined(kind) || !Enum.IsDefined(decision))
                throw new InvalidDataException();
            if (!batch.HasEvent)
                continue;
            var outcome = new AttemptOutcome(
                kind, status == 0 ? null : status, error is null ? null : OutsideText.Clean(error), OutsideText.Clean(response));
            found.Add(new Attempt(at, batch.Id, batch.Events, bytes, outcome, decision, latency));
        }

        if (from.BaseStream.Position != from.BaseStream.Length)
            throw new InvalidDataException();
    }

    private static int CountOf(BinaryReader from, byte[] body, int most) =>
        from.Read7BitEncodedInt() is var count && count >= 0 && count <= most && count <= body.Length ? count : throw new InvalidDataException();

    private static ReadOnlySpan<byte> Bytes(BinaryReader from, byte[] body, int length)
    {
        var start = from.BaseStream.Position;
        if (length < 0 || length > body.Length - start)
            throw new InvalidDataException();
        from.BaseStream.Position = start + length;
        return body.AsSpan((int)start, length);
    }

    private static bool IsTime(long milliseconds) =>
        milliseconds >= 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
