using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using K4os.Compression.LZ4;

namespace ActorWebhooks.Journal.Rows;

/// <summary>
/// The bytes of a row: a frame of 30 bytes, a head with the state, and a body with what the row brings, each under a checksum of its own
/// (XXH3), so that the state survives where events are damaged. All numbers are little-endian.
/// <code>
/// 0  format, 1 or 2   1  compression of the body: 0 none, 1 LZ4 block
/// 2  length of head   6  length of body     10  length of body before compression
/// 14 checksum of the bytes before it and the head     22  checksum of the body as it stands
/// 30 head, body
/// </code>
/// </summary>
internal static class RowFrame
{
    public const int MaxBodyBytes = 256 * 1024 * 1024;

    private const byte Format = 2;
    private const byte OldestFormat = 1;
    private const int Length = 30;
    private const int HeadChecksum = 14;
    private const int BodyChecksum = 22;

    // What one byte of an LZ4 block stands for at most.
    private const int MostExpansion = 255;

    // Below it LZ4 gains nothing.
    private const int LeastToCompress = 512;

    public static byte[] Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var row = body.Length < LeastToCompress ? null : Compress(head, body);
        if (row is null)
        {
            row = new byte[Length + head.Length + body.Length];
            body.CopyTo(row.AsSpan(Length + head.Length));
        }
        else
        {
            row[1] = 1;
        }

        row[0] = Format;
        head.CopyTo(row.AsSpan(Length));
        var bodyLength = row.Length - Length - head.Length;
        BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(2), head.Length);
        BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(6), bodyLength);
        BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(10), body.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(row.AsSpan(HeadChecksum), ChecksumOfHead(row, head.Length));
        BinaryPrimitives.WriteUInt64LittleEndian(row.AsSpan(BodyChecksum), XxHash3.HashToUInt64(row.AsSpan(Length + head.Length)));
        return row;
    }

    public static byte FormatOf(ReadOnlySpan<byte> row) => row[0];

    /// <summary>The head, when it is what was written.</summary>
    public static bool TryReadHead(ReadOnlyMemory<byte> row, out ReadOnlyMemory<byte> head, out string fault)
    {
        (head, fault) = (default, "");
        var span = row.Span;
        if (span.Length < Length)
            fault = $"it has {span.Length} bytes, which is not even the beginning of a row";
        else if (span[0] is < OldestFormat or > Format)
            fault = $"its format is {span[0]}, and this version reads formats {OldestFormat} to {Format}";
        else if (BinaryPrimitives.ReadInt32LittleEndian(span[2..]) is var length && (length < 0 || length > span.Length - Length))
            fault = "it ends within its head";
        else if (ChecksumOfHead(span, length) != BinaryPrimitives.ReadUInt64LittleEndian(span[HeadChecksum..]))
            fault = "the checksum of its head does not match";
        else
            head = row.Slice(Length, length);
        return fault.Length == 0;
    }

    /// <summary>The body, when it is what was written. The head must have been read.</summary>
    public static bool TryReadBody(ReadOnlySpan<byte> row, out byte[] body, out string fault)
    {
        (body, fault) = ([], "");
        var stored = row[(Length + BinaryPrimitives.ReadInt32LittleEndian(row[2..]))..];
        var (length, plainLength) = (BinaryPrimitives.ReadInt32LittleEndian(row[6..]), BinaryPrimitives.ReadInt32LittleEndian(row[10..]));
        if (stored.Length != length)
            fault = $"its body has {stored.Length} bytes instead of {length}";
        else if (XxHash3.HashToUInt64(stored) != BinaryPrimitives.ReadUInt64LittleEndian(row[BodyChecksum..]))
            fault = "the checksum of its body does not match";
        else if (plainLength is < 0 or > MaxBodyBytes || plainLength > (long)length * MostExpansion)
            fault = $"its body claims to have {plainLength} bytes";
        else if (row[1] == 0)
            body = stored.ToArray();
        else if (LZ4Codec.Decode(stored, body = new byte[plainLength]) != plainLength)
            fault = "its body cannot be decompressed";
        return fault.Length == 0;
    }

    private static byte[]? Compress(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var start = Length + head.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(start + LZ4Codec.MaximumOutputSize(body.Length));
        try
        {
            var length = LZ4Codec.Encode(body, buffer.AsSpan(start));
            return length <= 0 || length >= body.Length ? null : buffer.AsSpan(0, start + length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ulong ChecksumOfHead(ReadOnlySpan<byte> row, int headLength)
    {
        var hash = new XxHash3();
        hash.Append(row[..HeadChecksum]);
        hash.Append(row.Slice(Length, headLength));
        return hash.GetCurrentHashAsUInt64();
    }
}
