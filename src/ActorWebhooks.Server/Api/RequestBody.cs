using System.Buffers;

namespace ActorWebhooks.Server.Api;

/// <summary>A whole request body in a rented buffer that grows with what arrives, never with what is announced.</summary>
/// <param name="patience">How long it may take to arrive; null for the default.</param>
internal sealed class RequestBody(BodyBudget budget, TimeSpan? patience = null) : IDisposable
{
    /// <summary>As long as a connection of 4 Mbit/s takes for the largest body.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private const int FirstLength = 16 * 1024;

    private byte[] _buffer = [];
    private int _taken;
    private int _length;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads to the end; the largest size is that of the server, <see cref="EventLimits.MaxBodyBytes"/>.</summary>
    /// <returns>200, or the status to refuse the request with: 408 too slow, 413 too large, 503 too much in memory already.</returns>
    public async Task<int> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        slow.CancelAfter(patience ?? DefaultPatience);
        try
        {
            while (true)
            {
                if (_length == _buffer.Length && !TryGrow())
                    return StatusCodes.Status503ServiceUnavailable;
                var read = await request.Body.ReadAsync(_buffer.AsMemory(_length), slow.Token);
                if (read == 0)
                    return StatusCodes.Status200OK;
                _length += read;
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StatusCodes.Status408RequestTimeout;
        }
    }

    /// <summary>Counts what is made of the body besides, until it is disposed.</summary>
    /// <returns>False when too much is in memory already.</returns>
    public bool TryTake(int bytes)
    {
        if (!budget.TryTake(bytes, _taken + (long)bytes))
            return false;
        _taken += bytes;
        return true;
    }

    public void Dispose()
    {
        budget.Return(_taken);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _taken, _length) = ([], 0, 0);
    }

    private bool TryGrow()
    {
        var larger = Math.Max(FirstLength, _buffer.Length * 2);
        if (!TryTake(larger - _buffer.Length))
            return false;

        var buffer = ArrayPool<byte>.Shared.Rent(larger);
        Bytes.CopyTo(buffer);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = buffer;
        return true;
    }
}
