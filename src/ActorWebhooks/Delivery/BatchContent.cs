using System.Net;
using ActorWebhooks.Connections;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Delivery;

/// <summary>The body of a request, straight from the pages of the outbox, which it holds as long as anybody may read from it.</summary>
internal sealed class BatchContent : HttpContent
{
    // Written at once, so that it is seen whether any of it is taken.
    private const int Part = 64 * 1024;

    private readonly BatchBody _body;
    private readonly CancellationTokenSource? _stop;
    private readonly TimeSpan _patience;
    private bool _isDisposed;

    /// <param name="isInHttp2">Whether it may go in HTTP/2, where it may still be under way when the request is over, and is to be stopped then.</param>
    /// <param name="patience">In HTTP/2, how long it may stand still before it is given up; infinite if it is not.</param>
    public BatchContent(BatchBody body, bool isInHttp2 = false, TimeSpan? patience = null)
    {
        body.Retain();
        _body = body;
        _stop = isInHttp2 ? new CancellationTokenSource() : null;
        _patience = patience ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Whether it was given up because nothing more of it was taken.</summary>
    public bool HasStalled { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _body.Retain();
        try
        {
            // In HTTP/2 the client keeps the headers until some of the body follows, which an endpoint may wait for the headers to allow. It gives up by
            // itself, without the other token.
            if (_stop is not null)
                await stream.FlushAsync(_stop.Token).ConfigureAwait(false);
            if (_stop is not null && _patience != Timeout.InfiniteTimeSpan && AttemptScope.Current is { IsHttp1: false })
                await WriteInPartsAsync(stream, _stop).ConfigureAwait(false);
            else
                await _body.WriteToAsync(stream, _stop?.Token ?? cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _body.Release();
        }
    }

    private async Task WriteInPartsAsync(Stream stream, CancellationTokenSource stop)
    {
        for (var piece = 0; piece < _body.Pieces.Length; piece++)
        {
            for (var rest = _body.Pieces[piece]; !rest.IsEmpty;)
            {
                var part = rest[..Math.Min(rest.Length, Part)];
                rest = rest[part.Length..];
                var write = stream.WriteAsync(part, stop.Token);
                if (write.IsCompletedSuccessfully)
                    continue;
                await AwaitAsync(write.AsTask(), stop).ConfigureAwait(false);
            }
        }
    }

    // The pages are held until the write has ended.
    private async Task AwaitAsync(Task write, CancellationTokenSource stop)
    {
        if (await Task.WhenAny(write, Task.Delay(_patience, stop.Token)).ConfigureAwait(false) != write && !stop.IsCancellationRequested)
        {
            HasStalled = true;
            await stop.CancelAsync().ConfigureAwait(false);
        }

        await write.ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            // Somebody may still be writing: nothing is disposed that he uses.
            _stop?.Cancel();
            _body.Release();
        }

        base.Dispose(disposing);
    }
}
