using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorWebhooks.Tests.Testing;

/// <summary>A proxy that connects to whatever CONNECT names.</summary>
internal sealed class TunnelProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _tunnels;

    public TunnelProxy()
    {
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public int Tunnels => Volatile.Read(ref _tunnels);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = TunnelAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task TunnelAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            var near = client.GetStream();
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                await near.ReadExactlyAsync(one);
                head.Append((char)one[0]);
            }

            using var target = new TcpClient();
            await target.ConnectAsync(IPEndPoint.Parse(head.ToString().Split(' ')[1]));
            Interlocked.Increment(ref _tunnels);
            await near.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
            await Task.WhenAny(near.CopyToAsync(target.GetStream()), target.GetStream().CopyToAsync(near));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // One of the two hung up.
        }
    }
}
