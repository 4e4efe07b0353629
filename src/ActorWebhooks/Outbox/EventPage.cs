using System.Buffers;
using System.Buffers.Binary;

namespace ActorWebhooks.Outbox;

/// <summary>
/// Events one behind the other as they are sent, with commas between them, in a pooled buffer: any run of them is the inside of a request
/// body as it stands. A slot for each, with its end and the moment of its acceptance, grows from the end of the buffer towards them.
/// Whoever holds a reference may read; the last one to let go returns the buffer.
/// </summary>
internal sealed class EventPage(int capacity)
{
    private const int SlotLength = sizeof(int) + sizeof(long);

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _references = 1;
    private int _length;
    private int _left;

    public int Count { get; private set; }

    public int Capacity => _buffer.Length;

    /// <summary>The capacity with which a page has room for one event, and none for another.</summary>
    public static int CapacityFor(int encodedLength) => encodedLength + SlotLength;

    /// <summary>False when there is no room. Nothing is appended any more once the outbox has taken the page.</summary>
    public bool TryAppend(ReadOnlySpan<byte> encoded, TimeSpan acceptedAt)
    {
        var start = Count == 0 ? 0 : _length + 1;
        if (start + encoded.Length > _buffer.Length - ((Count + 1) * SlotLength))
            return false;
        if (Count > 0)
            _buffer[_length] = (byte)',';
        encoded.CopyTo(_buffer.AsSpan(start));
        _length = start + encoded.Length;
        var slot = Slot(Count++);
        BinaryPrimitives.WriteInt32LittleEndian(slot, _length);
        BinaryPrimitives.WriteInt64LittleEndian(slot[sizeof(int)..], acceptedAt.Ticks);
        _left++;
        return true;
    }

    public int StartOf(int index) => index == 0 ? 0 : EndOf(index - 1) + 1;

    public int EndOf(int index) => BinaryPrimitives.ReadInt32LittleEndian(Slot(index));

    public TimeSpan AcceptedAt(int index) => new(BinaryPrimitives.ReadInt64LittleEndian(Slot(index)[sizeof(int)..]));

    public ReadOnlyMemory<byte> Bytes(int start, int end) => _buffer.AsMemory(start, end - start);

    /// <summary>So many events are in the outbox no longer; with the last of them its reference goes.</summary>
    public void Leave(int events)
    {
        _left -= events;
        if (_left == 0)
            Release();
    }

    /// <exception cref="ObjectDisposedException">The last reference is gone.</exception>
    public void Retain()
    {
        int references;
        do
        {
            references = Volatile.Read(ref _references);
            ObjectDisposedException.ThrowIf(references == 0, this);
        }
        while (Interlocked.CompareExchange(ref _references, references + 1, references) != references);
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
            ArrayPool<byte>.Shared.Return(_buffer);
    }

    private Span<byte> Slot(int index) => _buffer.AsSpan(_buffer.Length - ((index + 1) * SlotLength), SlotLength);
}
