using System.Buffers;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>Finds the events in what is written to it, and keeps nothing else.</summary>
internal sealed class ScanningStream : Stream
{
    private readonly EventScanner _scanner = new();
    private readonly List<long> _sentAt = [];
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <summary>Nothing more comes.</summary>
    /// <returns>The clock readings in the events.</returns>
    public List<long> TakeAll()
    {
        _scanner.End(_sentAt.Add);
        return _sentAt;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _scanner.Scan(new ReadOnlySequence<byte>(buffer), _sentAt.Add);
        _length += buffer.Length;
        return ValueTask.CompletedTask;
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
