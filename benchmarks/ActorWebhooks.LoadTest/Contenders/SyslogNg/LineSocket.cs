using System.Buffers;
using System.Net.Sockets;
using System.Text.Json;

namespace ActorWebhooks.LoadTest.Contenders.SyslogNg;

/// <summary>
/// Writes events to a socket, one a line. They gather until there are enough for one write, or until the clock ticks. A socket that is full
/// holds the producer up.
/// </summary>
internal sealed class LineSocket : IAsyncDisposable
{
    private const int WriteBytes = 64 * 1024;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * WriteBytes);
    private readonly PeriodicTimer _timer = new(Tick);
    private readonly Utf8JsonWriter _json;
    private readonly Socket _socket;
    private readonly Task _ticking;

    public LineSocket(Socket socket)
    {
        _socket = socket;
        _json = new Utf8JsonWriter(_buffer);
        _ticking = TickAsync();
    }

    public void Write(HandEvent e)
    {
        lock (_lock)
        {
            JsonSerializer.Serialize(_json, e, HandJson.Default.HandEvent);
            _json.Reset();
            _buffer.Write("\n"u8);
            if (_buffer.WrittenCount >= WriteBytes)
                Send();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _ticking;
        lock (_lock)
            Send();
        _socket.Dispose();
        await _json.DisposeAsync();
    }

    private async Task TickAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            lock (_lock)
                Send();
        }
    }

    private void Send()
    {
        // A blocking send takes all of it.
        if (_buffer.WrittenCount > 0)
            _socket.Send(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
