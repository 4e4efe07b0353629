using System.Buffers;
using System.Text;

namespace ActorWebhooks.Events;

/// <summary>
/// An event as it is sent: <c>{"id":"…","createdAt":"…","type":"…","data":{…}}</c>, compact, members in that order. Ids and types hold
/// nothing that JSON escapes, so they are written as they are, and each part is found again by its place.
/// </summary>
internal static class EventEncoding
{
    /// <summary>Of what stands before the data when id and type are empty.</summary>
    private const int BareHeadLength = 7 + 15 + EventTime.Length + 10 + 9;

    private static ReadOnlySpan<byte> BeforeId => "{\"id\":\""u8;

    private static ReadOnlySpan<byte> BeforeCreatedAt => "\",\"createdAt\":\""u8;

    private static ReadOnlySpan<byte> BeforeType => "\",\"type\":\""u8;

    private static ReadOnlySpan<byte> BeforeData => "\",\"data\":"u8;

    /// <summary>The number of bytes before the data.</summary>
    public static int HeadLength(int idLength, int typeLength) => BareHeadLength + idLength + typeLength;

    /// <summary>Writes all that stands before the data, with a new id unless there is one.</summary>
    public static void WriteHead(Span<byte> destination, string? id, DateTime createdAt, string type)
    {
        var rest = destination;
        Write(BeforeId, ref rest);
        if (id is null)
            rest = rest[EventId.WriteNew(createdAt, rest)..];
        else
            Write(id, ref rest);
        Write(BeforeCreatedAt, ref rest);
        EventTime.Write(createdAt, rest);
        rest = rest[EventTime.Length..];
        Write(BeforeType, ref rest);
        Write(type, ref rest);
        Write(BeforeData, ref rest);
    }

    /// <summary>An array of its own for what was written.</summary>
    /// <param name="head">With the data or without it.</param>
    /// <param name="data">If it is not in the head.</param>
    public static byte[] Close(ReadOnlySpan<byte> head, ReadOnlySpan<byte> data)
    {
        var encoded = new byte[head.Length + data.Length + 1];
        head.CopyTo(encoded);
        data.CopyTo(encoded.AsSpan(head.Length));
        encoded[^1] = (byte)'}';
        return encoded;
    }

    /// <summary>An event from JSON that a caller brings.</summary>
    /// <exception cref="ArgumentException">It is not one JSON object.</exception>
    public static byte[] Capture(string? id, DateTime createdAt, string type, ReadOnlySpan<byte> utf8Json)
    {
        var headLength = HeadLength(id?.Length ?? EventId.NewLength, type.Length);
        var dataLength = EventData.MeasureCompact(utf8Json);
        var encoded = new byte[headLength + dataLength + 1];
        WriteHead(encoded, id, createdAt, type);
        EventData.CopyCompact(utf8Json, encoded.AsSpan(headLength, dataLength));
        encoded[^1] = (byte)'}';
        return encoded;
    }

    /// <summary>Whether an event has this id.</summary>
    public static bool HasId(ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> id)
    {
        var rest = encoded[BeforeId.Length..];
        return rest.Length > id.Length && rest[id.Length] == '"' && rest.StartsWith(id);
    }

    /// <summary>Where id and type of an event stand.</summary>
    public static void Locate(ReadOnlySpan<byte> encoded, out ReadOnlySpan<byte> id, out ReadOnlySpan<byte> type)
    {
        id = QuotedAfter(encoded, BeforeId.Length);
        type = QuotedAfter(encoded, BeforeId.Length + id.Length + BeforeCreatedAt.Length + EventTime.Length + BeforeType.Length);
    }

    public static string IdOf(ReadOnlySpan<byte> encoded) => Encoding.ASCII.GetString(QuotedAfter(encoded, BeforeId.Length));

    /// <summary>The parts of an event that <see cref="WriteHead"/> began.</summary>
    public static void Read(ReadOnlySpan<byte> encoded, out int idLength, out DateTime createdAt, out string type)
    {
        Locate(encoded, out var id, out var typeName);
        idLength = id.Length;
        createdAt = EventTime.Read(encoded[(BeforeId.Length + idLength + BeforeCreatedAt.Length)..]);
        type = Encoding.ASCII.GetString(typeName);
    }

    /// <summary>
    /// Whether bytes that another node or the database has brought are an event, written as it is written here. Of others nothing can be read, and
    /// they would spoil the batch that they are sent in.
    /// </summary>
    public static bool IsEvent(ReadOnlySpan<byte> encoded)
    {
        Span<char> text = stackalloc char[Math.Max(EventId.MaxLength, EventType.MaxLength)];
        var rest = encoded;
        if (!TrySkip(BeforeId, ref rest) || !TryReadQuoted(ref rest, text, out var length) || !EventId.IsValid(text[..length]))
            return false;
        if (!TrySkip(BeforeCreatedAt, ref rest) || !EventTime.TryRead(rest, out _))
            return false;
        rest = rest[EventTime.Length..];
        if (!TrySkip(BeforeType, ref rest) || !TryReadQuoted(ref rest, text, out length) || !EventType.IsValid(text[..length]))
            return false;
        return TrySkip(BeforeData, ref rest) && rest.Length > 0 && rest[^1] == '}' && EventData.IsObject(rest[..^1]);
    }

    private static bool TrySkip(ReadOnlySpan<byte> expected, ref ReadOnlySpan<byte> rest)
    {
        if (!rest.StartsWith(expected))
            return false;
        rest = rest[expected.Length..];
        return true;
    }

    // Leaves the quotation mark behind it.
    private static bool TryReadQuoted(ref ReadOnlySpan<byte> rest, scoped Span<char> text, out int length)
    {
        length = rest.IndexOf((byte)'"');
        if (length < 0 || length > text.Length || Ascii.ToUtf16(rest[..length], text, out _) != OperationStatus.Done)
            return false;
        rest = rest[length..];
        return true;
    }

    private static ReadOnlySpan<byte> QuotedAfter(ReadOnlySpan<byte> encoded, int start)
    {
        var rest = encoded[start..];
        return rest[..rest.IndexOf((byte)'"')];
    }

    private static void Write(ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private static void Write(string ascii, ref Span<byte> rest) => rest = rest[Encoding.ASCII.GetBytes(ascii, rest)..];
}
