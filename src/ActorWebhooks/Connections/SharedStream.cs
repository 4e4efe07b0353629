namespace ActorWebhooks.Connections;

/// <summary>
/// A connection in HTTP/2, which carries the requests of many attempts. To the other connections of the node it counts as that of one attempt,
/// which lasts as long as any request is under way on it: so it is not closed for another under a request, and may be when there is none.
/// </summary>
/// <param name="connections">Among which it counts; null for none.</param>
internal sealed class SharedStream(Stream inner, OpenConnections? connections) : AsyncStream
{
    private readonly Lock _lock = new();
    private readonly Http2Streams _streams = new();
    private AttemptScope? _use;
    private bool _isAnswered;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        AttemptScope? use;
        lock (_lock)
        {
            _streams.Sent(buffer.Span);
            use = _streams.Open > 0 ? _use ??= new AttemptScope() : null;
        }

        AttemptScope.Enter(use);
        var write = inner.WriteAsync(buffer, cancellationToken);
        Rest();
        return write;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // What was read before has been looked at when more is wanted.
        Rest();
        var read = inner.ReadAsync(buffer, cancellationToken);
        if (!read.IsCompletedSuccessfully)
            return ReadSlowlyAsync(read, buffer);
        var length = read.Result;
        Look(buffer.Span[..length]);
        return ValueTask.FromResult(length);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadSlowlyAsync(ValueTask<int> read, Memory<byte> buffer)
    {
        var length = await read.ConfigureAwait(false);
        Look(buffer.Span[..length]);
        return length;
    }

    private void Look(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        // No frame of HTTP/2 that comes first is so long that it begins like this.
        if (!_isAnswered && bytes[0] == 'H')
            throw new Http1AnswerException();
        _isAnswered = true;
        lock (_lock)
            _streams.Received(bytes);
    }

    private void Rest()
    {
        AttemptScope? over;
        lock (_lock)
        {
            if (_streams.Open > 0)
                return;
            (over, _use) = (_use, null);
        }

        if (over is not null)
            connections?.End(over);
    }
}
