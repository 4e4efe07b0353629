using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.Events;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>
/// Events on their way from a node to a webhook, kept in the form in which they cross the network. Events of a stream are numbered from 0.
/// </summary>
/// <remarks>
/// The form: stream, base and from (8 bytes each, little-endian), the number of events (4), the length of the webhook's id in UTF-8 (2), the
/// id, the length of each event (4 bytes each), the events one behind the other.
/// </remarks>
internal sealed class Bundle : IForWebhook
{
    private const int LongLength = sizeof(long);
    private const int CountAt = 3 * LongLength;
    private const int IdLengthAt = CountAt + sizeof(int);
    private const int IdAt = IdLengthAt + sizeof(ushort);

    private readonly byte[] _bytes;
    private readonly int _lengthsAt;

    private Bundle(byte[] bytes, string webhookId, int lengthsAt) => (_bytes, WebhookId, _lengthsAt) = (bytes, webhookId, lengthsAt);

    public string WebhookId { get; }

    /// <summary>Tells senders apart; each has a new one whenever it starts.</summary>
    public long Stream => ReadLong(0);

    /// <summary>The first event that the sender still keeps: all before it need not be asked for.</summary>
    public long Base => ReadLong(LongLength);

    /// <summary>The number of the first event of the bundle.</summary>
    public long From => ReadLong(2 * LongLength);

    /// <summary>0 to ask how far the webhook has got.</summary>
    public int Count => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(CountAt));

    public long To => From + Count;

    /// <summary>As it crosses the network.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>What a bundle takes besides its events.</summary>
    public static int HeadLength(string webhookId, int count) => IdAt + Encoding.UTF8.GetByteCount(webhookId) + (count * sizeof(int));

    /// <summary>A bundle with room for events, to be filled through <see cref="WriteEvent"/>.</summary>
    /// <param name="eventBytes">Of all events together.</param>
    public static Bundle Create(string webhookId, long stream, long @base, long from, int count, int eventBytes)
    {
        var head = HeadLength(webhookId, count);
        var bytes = GC.AllocateUninitializedArray<byte>(head + eventBytes);
        var span = bytes.AsSpan();
        BinaryPrimitives.WriteInt64LittleEndian(span, stream);
        BinaryPrimitives.WriteInt64LittleEndian(span[LongLength..], @base);
        BinaryPrimitives.WriteInt64LittleEndian(span[(2 * LongLength)..], from);
        BinaryPrimitives.WriteInt32LittleEndian(span[CountAt..], count);
        var idLength = Encoding.UTF8.GetBytes(webhookId, span[IdAt..]);
        BinaryPrimitives.WriteUInt16LittleEndian(span[IdLengthAt..], checked((ushort)idLength));
        return new Bundle(bytes, webhookId, IdAt + idLength);
    }

    /// <exception cref="InvalidDataException">It is not a bundle, or holds what is no event.</exception>
    public static Bundle Parse(byte[] bytes)
    {
        if (bytes.Length < IdAt)
            throw Fault(bytes);
        var idLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(IdLengthAt));
        var count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(CountAt));
        var lengthsAt = IdAt + idLength;
        if (count < 0 || lengthsAt + ((long)count * sizeof(int)) > bytes.Length || !Utf8.IsValid(bytes.AsSpan(IdAt, idLength)))
            throw Fault(bytes);
        var bundle = new Bundle(bytes, Encoding.UTF8.GetString(bytes, IdAt, idLength), lengthsAt);
        var eventBytes = 0L;
        for (var i = 0; i < count; i++)
        {
            var length = bundle.LengthOf(i);
            if (length < 0)
                throw Fault(bytes);
            eventBytes += length;
        }

        var isNumbered = bundle.Base >= 0 && bundle.From >= bundle.Base && bundle.From <= long.MaxValue - count;
        return bundle.EventsAt + eventBytes == bytes.Length && isNumbered && bundle.HasOnlyEvents() ? bundle : throw Fault(bytes);
    }

    /// <summary>Puts the next event in; its place is where the ones before it ended.</summary>
    /// <param name="at">Where in the events it begins.</param>
    /// <param name="encoded">The event as it is sent; empty if it was taken out.</param>
    /// <returns>Where the next one begins.</returns>
    public int WriteEvent(int index, int at, ReadOnlySpan<byte> encoded)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_lengthsAt + (index * sizeof(int))), encoded.Length);
        encoded.CopyTo(_bytes.AsSpan(EventsAt + at));
        return at + encoded.Length;
    }

    /// <summary>The length of an event as it is sent; 0 for one that was taken out.</summary>
    public int LengthOf(int index) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(_lengthsAt + (index * sizeof(int))));

    /// <summary>All events from this one on, one behind the other.</summary>
    public ReadOnlySpan<byte> EventsFrom(int index)
    {
        var at = EventsAt;
        for (var i = 0; i < index; i++)
            at += LengthOf(i);
        return _bytes.AsSpan(at);
    }

    private bool HasOnlyEvents()
    {
        var at = EventsAt;
        for (var i = 0; i < Count; i++)
        {
            var length = LengthOf(i);
            if (length > 0 && !EventEncoding.IsEvent(_bytes.AsSpan(at, length)))
                return false;
            at += length;
        }

        return true;
    }

    private int EventsAt => _lengthsAt + (Count * sizeof(int));

    private long ReadLong(int at) => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(at));

    private static InvalidDataException Fault(byte[] bytes) => new($"A bundle of {bytes.Length} bytes does not fit together.");
}
