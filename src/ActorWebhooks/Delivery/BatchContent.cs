using System.Net;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Delivery;

/// <summary>The body of a request, straight from the pages of the outbox, which it holds as long as anybody may read from it.</summary>
internal sealed class BatchContent : HttpContent
{
    private readonly BatchBody _body;
    private readonly CancellationTokenSource? _stop;
    private bool _isDisposed;

    /// <param name="mayOutliveAnswer">Whether it may still be under way when the request is over, and is to be stopped then.</param>
    public BatchContent(BatchBody body, bool mayOutliveAnswer = false)
    {
        body.Retain();
        _body = body;
        _stop = mayOutliveAnswer ? new CancellationTokenSource() : null;
    }

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
            await _body.WriteToAsync(stream, _stop?.Token ?? cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _body.Release();
        }
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
