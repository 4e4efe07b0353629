using System.Buffers;
using System.IO.Pipelines;

namespace ActorWebhooks.Server.Intake;

/// <summary>A whole request body in a rented buffer that grows with what arrives, never with what is announced.</summary>
/// <param name="timeout">How long it may take to arrive.</param>
internal sealed class RequestBody(BodyBudget budget, TimeSpan timeout) : IDisposable
{
    private const int FirstLength = 16 * 1024;

    private readonly BodyShare _share = new();
    private byte[] _buffer = [];
    private int _length;
    private volatile bool _gaveWay;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    private int WhyStopped => _gaveWay ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status408RequestTimeout;

    /// <summary>Reads to the end; the largest size is that of the server, <see cref="Api.EventLimits.MaxBodyBytes"/>.</summary>
    /// <returns>
    /// 200, or the status to refuse the request with: 400 not HTTP, 408 too slow, 413 too large, 503 too much in memory already.
    /// </returns>
    public async Task<int> ReadAsync(HttpRequest request)
    {
        using var stop = new CancellationTokenSource(timeout);
        // A read that is cancelled by a token leaves Kestrel unable to read on, which it logs as a failure.
        await using var stopping = stop.Token.Register(static reader => ((PipeReader)reader!).CancelPendingRead(), request.BodyReader);
        var seat = request.HttpContext.Features.Get<ConnectionSeat>();
        seat?.BeginReceiving();
        _share.Address = seat?.Address ?? request.HttpContext.Connection.RemoteIpAddress;
        budget.BeginTransfer(_share, () => GiveWay(stop));
        try
        {
            var status = await ReadAsync(request.BodyReader, stop.Token);
            // After the rest of the body, for which Kestrel waits 5 s at most; the connection counts as idle meanwhile.
            if (status == StatusCodes.Status408RequestTimeout)
                request.HttpContext.Response.Headers.Connection = "close";
            return status;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode;
        }
        finally
        {
            budget.EndTransfer(_share);
            seat?.EndReceiving();
        }
    }

    /// <summary>Counts what is made of the body besides, until it is disposed.</summary>
    /// <returns>False when too much is in memory already.</returns>
    public ValueTask<bool> TakeAsync(int bytes, CancellationToken cancellationToken) => budget.TakeAsync(_share, bytes, cancellationToken);

    /// <summary>
    /// Sends what has been written of the answer, and waits until the caller has taken most of it. What the request took counts until it is disposed,
    /// so its connection is closed if the caller takes nothing for some time and others need the room.
    /// </summary>
    /// <returns>False when the connection is closed.</returns>
    public async ValueTask<bool> FlushAnswerAsync(HttpContext context)
    {
        budget.BeginTransfer(_share, context.Abort);
        try
        {
            var flush = await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
            return !flush.IsCompleted && !context.RequestAborted.IsCancellationRequested;
        }
        finally
        {
            budget.EndTransfer(_share);
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
        budget.Return(_share);
    }

    private void GiveWay(CancellationTokenSource reading)
    {
        _gaveWay = true;
        try
        {
            reading.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just been read to its end.
        }
    }

    private async Task<int> ReadAsync(PipeReader body, CancellationToken stopped)
    {
        while (true)
        {
            var read = await body.ReadAsync(CancellationToken.None);
            var status = read.IsCanceled ? WhyStopped : await CopyAsync(read.Buffer, stopped);
            body.AdvanceTo(read.Buffer.End);
            if (status != StatusCodes.Status200OK || read.IsCompleted)
                return status;
        }
    }

    private async ValueTask<int> CopyAsync(ReadOnlySequence<byte> arrived, CancellationToken stopped)
    {
        while (!arrived.IsEmpty)
        {
            if (_length == _buffer.Length && !await TryGrowAsync(stopped))
                return stopped.IsCancellationRequested ? WhyStopped : StatusCodes.Status503ServiceUnavailable;
            var next = arrived.Slice(0, Math.Min(arrived.Length, _buffer.Length - _length));
            next.CopyTo(_buffer.AsSpan(_length));
            _length += (int)next.Length;
            _share.Arrived((int)next.Length, budget.Now);
            arrived = arrived.Slice(next.End);
        }

        return StatusCodes.Status200OK;
    }

    private async ValueTask<bool> TryGrowAsync(CancellationToken cancellationToken)
    {
        var larger = Math.Max(FirstLength, _buffer.Length * 2);
        if (!await TakeAsync(larger - _buffer.Length, cancellationToken))
            return false;

        var buffer = ArrayPool<byte>.Shared.Rent(larger);
        Bytes.CopyTo(buffer);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = buffer;
        return true;
    }
}
