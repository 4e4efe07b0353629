using System.Buffers;
using System.Buffers.Binary;

namespace ActorWebhooks.Events;

/// <summary>The rule for event ids, and the making of new ones.</summary>
internal static class EventId
{
    public const int MaxLength = 128;

    /// <summary>Of an id that is made here.</summary>
    public const int NewLength = 36;

    public const string Rule =
        "an event id is 1 to 128 visible ASCII characters without quotation mark and backslash, such as a UUID";

    private const int UuidBytes = 16;

    // Nothing that JSON would escape, so that an id is written to the wire as it is.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static bool IsValid(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxLength && !id.ContainsAnyExcept(Allowed);

    /// <summary>Writes a UUID version 7 (RFC 9562): it sorts by the time at which the event came about.</summary>
    /// <returns><see cref="NewLength"/>.</returns>
    public static int WriteNew(DateTime createdAt, Span<byte> destination)
    {
        Span<byte> uuid = stackalloc byte[UuidBytes];
        RandomBytes.Fill(uuid[6..]);

        // The format counts from 1970; an earlier fact is no reason to refuse the event.
        var milliseconds = Math.Max(0, (createdAt - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond);
        BinaryPrimitives.WriteUInt32BigEndian(uuid, (uint)(milliseconds >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(uuid[4..], (ushort)milliseconds);
        uuid[6] = (byte)(0x70 | (uuid[6] & 0x0F));
        uuid[8] = (byte)(0x80 | (uuid[8] & 0x3F));
        new Guid(uuid, bigEndian: true).TryFormat(destination, out var written);
        return written;
    }
}
