using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>
/// Reads what <see cref="WireWriter"/> wrote. Bytes that are anything else end in an <see cref="InvalidDataException"/>, and nothing is
/// allocated for what a length claims before the bytes for it are seen to be there.
/// </summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private const int BitsOfNumber = 64;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether there is nothing more, as of an older version that ends here.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw Fault($"{other} says neither that something is there nor that it is not"),
    };

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public long Number()
    {
        var number = 0UL;
        for (var shift = 0; shift < BitsOfNumber; shift += 7)
        {
            var next = (ulong)Byte();
            var bits = next & 0x7F;
            if (bits << shift >> shift != bits)
                break;
            number |= bits << shift;
            if (next == bits)
                return (long)number;
        }

        throw Fault($"a number has more than {BitsOfNumber} bits");
    }

    public int Int() => Number() is var number && number == (int)number ? (int)number : throw Fault($"{number} is too large");

    public int? IntOrNull() => Flag() ? Int() : null;

    /// <summary>How many of something follow.</summary>
    /// <param name="leastBytes">What one takes at least.</param>
    public int Count(int leastBytes) =>
        Number() is var count && count >= 0 && count <= _rest.Length / leastBytes
            ? (int)count
            : throw Fault($"{count} items cannot be in {_rest.Length} bytes");

    public ReadOnlySpan<byte> Bytes() =>
        Number() is var length && length >= 0 && length <= _rest.Length
            ? Take((int)length)
            : throw Fault($"{length} bytes cannot be in {_rest.Length}");

    public string Text() => Bytes() is var text && Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw Fault("a text is not UTF-8");

    public string? TextOrNull() => Flag() ? Text() : null;

    public DateTimeOffset Time() =>
        Long() is var ticks && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw Fault($"{ticks} is no time");

    public DateTimeOffset? TimeOrNull() => Flag() ? Time() : null;

    public T OneOf<T>()
        where T : struct, Enum
    {
        var number = Byte();
        var value = Unsafe.BitCast<int, T>(number);
        return Enum.IsDefined(value) ? value : throw Unknown(typeof(T).Name, number);
    }

    /// <summary>Reads what <see cref="WireWriter.Newer"/> wrote; without that, or with what a later version has there, <paramref name="told"/>.</summary>
    /// <param name="oldest">The first value that older nodes do not know.</param>
    public readonly T Newer<T>(T told, T oldest)
        where T : struct, Enum
    {
        if (_rest.IsEmpty)
            return told;
        var value = Unsafe.BitCast<int, T>(_rest[0]);
        return Enum.IsDefined(value) && Comparer<T>.Default.Compare(value, oldest) >= 0 ? value : told;
    }

    /// <summary>Reads what <see cref="WireWriter.Block"/> wrote.</summary>
    public WireReader Block() => new(Bytes());

    /// <summary>What a later version may send, or damage.</summary>
    public static InvalidDataException Unknown(string what, byte number) => Fault($"{number} is no {what} that this version knows");

    public static InvalidDataException Fault(string why) => new($"A message from another node cannot be read: {why}.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
            throw Fault("it ends too soon");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
