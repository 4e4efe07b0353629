using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Server.Tests.FewHandles;

/// <summary>A port that accepts everybody and never says a word.</summary>
internal sealed class HangingEndpoints : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _accepted = [];
    private int _count;

    public HangingEndpoints()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        _ = AcceptAsync();
    }

    public string Url => $"http://{_listener.LocalEndPoint}/";

    /// <summary>How many have come.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Dispose()
    {
        _listener.Dispose();
        lock (_accepted)
            _accepted.ForEach(socket => socket.Dispose());
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                Interlocked.Increment(ref _count);
                lock (_accepted)
                    _accepted.Add(socket);
                _ = DrainAsync(socket);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // So that the handle is given back when the other side has closed.
    private static async Task DrainAsync(Socket socket)
    {
        try
        {
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone as well.
        }

        socket.Dispose();
    }
}
