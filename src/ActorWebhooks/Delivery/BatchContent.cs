using System.Net;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Delivery;

/// <summary>The body of a request, straight from the pages of the outbox, which it holds as long as anybody may read from it.</summary>
internal sealed class BatchContent : HttpContent
{
    private readonly BatchBody _body;
    private bool _isDisposed;

    public BatchContent(BatchBody body)
    {
        body.Retain();
        _body = body;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _body.Retain();
        try
        {
            await _body.WriteToAsync(stream, cancellationToken).ConfigureAwait(false);
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
            _body.Release();
        }

        base.Dispose(disposing);
    }
}
