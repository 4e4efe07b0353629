using System.Buffers;
using System.Buffers.Binary;

namespace ActorWebhooks.Cluster.Port;

/// <summary>What crosses a connection: the length in four bytes, the least one first, and so many bytes, as Akka.Remote does it.</summary>
internal static class Frames
{
    private const int HeadLength = sizeof(int);

    public static void Write(IBufferWriter<byte> to, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to.GetSpan(HeadLength), payload.Length);
        to.Advance(HeadLength);
        to.Write(payload);
    }

    /// <summary>Takes the first frame from the front of the bytes.</summary>
    /// <param name="longest">Of a payload.</param>
    /// <returns>False until it is there.</returns>
    /// <exception cref="InvalidDataException">It is longer, or is none.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> bytes, long longest, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (bytes.Length < HeadLength)
            return false;
        Span<byte> head = stackalloc byte[HeadLength];
        bytes.Slice(0, HeadLength).CopyTo(head);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length < 0 || length > longest)
            throw new InvalidDataException($"it sent what is no message of a node, or one of more than {longest} bytes");
        if (bytes.Length < HeadLength + length)
            return false;
        payload = bytes.Slice(HeadLength, length);
        bytes = bytes.Slice(payload.End);
        return true;
    }
}
