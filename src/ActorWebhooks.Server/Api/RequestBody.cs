using System.Buffers;

namespace ActorWebhooks.Server.Api;

/// <summary>A whole request body in a rented buffer that grows with what arrives, never with what is announced.</summary>
internal sealed class RequestBody(BodyBudget budget) : IDisposable
{
    private const int FirstLength = 16 * 1024;

    private byte[] _buffer = [];
    private int _taken;
    private int _length;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads to the end; the largest size is that of the server, <see cref="EventLimits.MaxBodyBytes"/>.</summary>
    /// <returns>200, or the status to refuse the request with: 413 too large, 503 too much in memory already.</returns>
    public async Task<int> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (_length == _buffer.Length && !TryGrow())
                    return StatusCodes.Status503ServiceUnavailable;
                var read = await request.Body.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
                if (read == 0)
                    return StatusCodes.Status200OK;
                _length += read;
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }
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
        var more = larger - _taken;
        if (!budget.TryTake(more))
            return false;

        _taken += more;
        var buffer = ArrayPool<byte>.Shared.Rent(larger);
        Bytes.CopyTo(buffer);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = buffer;
        return true;
    }
}
