using System.Buffers.Binary;

namespace ActorWebhooks.Connections;

/// <summary>Finds the frames in one direction of a connection, whose bytes come in pieces of any size. It keeps nothing of what is in them.</summary>
/// <param name="preface">How many bytes stand before the first frame.</param>
internal sealed class Http2FrameReader(int preface)
{
    private const int MaxStreamId = int.MaxValue;

    private readonly byte[] _head = new byte[Http2Frame.HeadLength];
    private int _headLength;
    private int _skip = preface;

    /// <summary>Takes bytes off the front, up to the end of the next frame.</summary>
    /// <returns>Whether a frame has passed whole; otherwise all bytes are taken.</returns>
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out Http2Frame frame)
    {
        frame = default;
        while (true)
        {
            var skipped = Math.Min(_skip, bytes.Length);
            bytes = bytes[skipped..];
            _skip -= skipped;
            if (_skip > 0)
                return false;
            if (_headLength == Http2Frame.HeadLength)
            {
                _headLength = 0;
                frame = new Http2Frame(_head[3], _head[4], (int)(BinaryPrimitives.ReadUInt32BigEndian(_head.AsSpan(5)) & MaxStreamId));
                return true;
            }

            var part = bytes[..Math.Min(Http2Frame.HeadLength - _headLength, bytes.Length)];
            part.CopyTo(_head.AsSpan(_headLength));
            bytes = bytes[part.Length..];
            _headLength += part.Length;
            if (_headLength < Http2Frame.HeadLength)
                return false;
            _skip = (_head[0] << 16) | (_head[1] << 8) | _head[2];
        }
    }
}
