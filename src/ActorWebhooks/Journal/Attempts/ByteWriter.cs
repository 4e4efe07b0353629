using System.Text;

namespace ActorWebhooks.Journal.Attempts;

/// <summary>Writes the parts of rows as <see cref="BinaryReader"/> reads them, into memory that grows: numbers 7-bit encoded, text in UTF-8 behind its length.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Room for so many bytes, which count as written.</summary>
    public Span<byte> Take(int length)
    {
        if (Length + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(Math.Max(256, 2 * _bytes.Length), Length + length));
        Length += length;
        return _bytes.AsSpan(Length - length, length);
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Number(long value)
    {
        var rest = (ulong)value;
        for (; rest > 0x7F; rest >>= 7)
            Byte((byte)(rest | 0x80));
        Byte((byte)rest);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }
}
