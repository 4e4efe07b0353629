using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ActorWebhooks.Outbox;

/// <summary>
/// The body of a request: <c>{"events":[{"id":"…","createdAt":"…","type":"…","data":{…}}]}</c>, compact, members in that order.
/// Ids and types hold nothing that JSON escapes, and data is JSON already, so all of it is copied as it is.
/// </summary>
internal static class BatchEncoding
{
    /// <summary>What a body takes around its events.</summary>
    public const int FrameLength = 13;

    /// <summary>What stands between two events.</summary>
    public const int SeparatorLength = 1;

    private const string CreatedAtFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int CreatedAtLength = 24;

    private const int MembersLength = 42;

    private static ReadOnlySpan<byte> Head => "{\"events\":["u8;

    private static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <summary>The exact number of bytes of one event on the wire.</summary>
    public static int LengthOf(WebhookEvent e) => MembersLength + e.Id.Length + CreatedAtLength + e.Type.Length + e.Data.Length;

    /// <param name="entries">At least one.</param>
    public static BatchBody Encode(ReadOnlySpan<OutboxEntry> entries)
    {
        var length = FrameLength + ((entries.Length - 1) * SeparatorLength);
        foreach (var entry in entries)
            length += LengthOf(entry.Event);

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var rest = buffer.AsSpan(0, length);
        Write(Head, ref rest);
        for (var i = 0; i < entries.Length; i++)
        {
            if (i > 0)
                Write(","u8, ref rest);
            Write(entries[i].Event, ref rest);
        }

        Write(Tail, ref rest);
        Debug.Assert(rest.IsEmpty, "The length was not exact.");
        return new BatchBody(buffer, length);
    }

    private static void Write(WebhookEvent e, ref Span<byte> rest)
    {
        Write("{\"id\":\""u8, ref rest);
        Write(e.Id, ref rest);
        Write("\",\"createdAt\":\""u8, ref rest);
        e.CreatedAt.TryFormat(rest, out var written, CreatedAtFormat, CultureInfo.InvariantCulture);
        rest = rest[written..];
        Write("\",\"type\":\""u8, ref rest);
        Write(e.Type, ref rest);
        Write("\",\"data\":"u8, ref rest);
        Write(e.Data.Span, ref rest);
        Write("}"u8, ref rest);
    }

    private static void Write(ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }

    private static void Write(string ascii, ref Span<byte> rest) => rest = rest[Encoding.ASCII.GetBytes(ascii, rest)..];
}
