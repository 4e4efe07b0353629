using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>
/// Writes the parts of messages: numbers 7-bit encoded, or little-endian where most are large; text in UTF-8 behind its length; times as
/// ticks of UTC; what may be null behind a byte that says whether it is there.
/// </summary>
internal sealed class WireWriter
{
    private const int LongestNumber = 10;

    private readonly ArrayBufferWriter<byte> _written = new();

    public byte[] ToArray() => _written.WrittenSpan.ToArray();

    public void Byte(byte value)
    {
        _written.GetSpan(1)[0] = value;
        _written.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>8 bytes.</summary>
    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_written.GetSpan(sizeof(long)), value);
        _written.Advance(sizeof(long));
    }

    /// <summary>7 bits to a byte, the lowest first; those below 0 take ten.</summary>
    public void Number(long value)
    {
        var span = _written.GetSpan(LongestNumber);
        var length = 0;
        var rest = (ulong)value;
        for (; rest > 0x7F; rest >>= 7)
            span[length++] = (byte)(rest | 0x80);
        span[length++] = (byte)rest;
        _written.Advance(length);
    }

    /// <summary>
    /// At the end of an item: a value that older nodes do not know, and were told another instead of. They leave it alone.
    /// </summary>
    public void Newer<T>(T value, T oldest)
        where T : struct, Enum
    {
        if (Comparer<T>.Default.Compare(value, oldest) >= 0)
            OneOf(value);
    }

    public void NumberOrNull(long? value)
    {
        Flag(value is not null);
        if (value is { } number)
            Number(number);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        _written.Write(bytes);
    }

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        Encoding.UTF8.GetBytes(text, _written.GetSpan(length));
        _written.Advance(length);
    }

    public void TextOrNull(string? text)
    {
        Flag(text is not null);
        if (text is not null)
            Text(text);
    }

    public void Time(DateTimeOffset time) => Long(time.UtcTicks);

    public void TimeOrNull(DateTimeOffset? time)
    {
        Flag(time is not null);
        if (time is { } at)
            Time(at);
    }

    /// <summary>One byte: the number of the value.</summary>
    public void OneOf<T>(T value)
        where T : struct, Enum => Byte(checked((byte)Unsafe.BitCast<T, int>(value)));

    /// <summary>Something that may grow in later versions without being a message of its own.</summary>
    public void Block<T>(T value, Action<WireWriter, T> write)
    {
        var block = new WireWriter();
        write(block, value);
        Bytes(block._written.WrittenSpan);
    }
}
