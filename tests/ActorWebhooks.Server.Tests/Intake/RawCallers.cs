using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorWebhooks.Server.Tests.Intake;

/// <summary>Connections that say what they like to a server, over bare sockets.</summary>
internal sealed class RawCallers(int port) : IDisposable
{
    private readonly List<Socket> _callers = [];

    public IReadOnlyList<Socket> All => _callers;

    /// <summary>The head of a request to post events, and the first bytes of a body that never ends.</summary>
    public static byte[] UnfinishedPost(int announced, int sent) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {announced}\r\n\r\n["),
        .. Enumerable.Repeat((byte)' ', sent),
    ];

    /// <param name="from">The address of the caller; one of loopback.</param>
    public async Task<Socket> OpenAsync(byte[] says, string from = "127.0.0.1")
    {
        var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _callers.Add(caller);
        caller.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await caller.ConnectAsync(IPAddress.Loopback, port);
        if (says.Length == 0)
            return caller;
        try
        {
            for (var sent = 0; sent < says.Length;)
                sent += await caller.SendAsync(says.AsMemory(sent)).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (SocketException)
        {
            // It was closed for another one.
        }

        return caller;
    }

    /// <summary>Goes on sending a byte at a time on all connections, faster than the slowest rate that Kestrel allows.</summary>
    public async Task DripAsync(CancellationToken stop)
    {
        var drop = new byte[512];
        Array.Fill(drop, (byte)' ');
        while (!stop.IsCancellationRequested)
        {
            foreach (var caller in _callers.ToArray())
            {
                try
                {
                    await caller.SendAsync(drop, SocketFlags.None, CancellationToken.None);
                }
                catch (SocketException)
                {
                    // It was closed.
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
    }

    /// <summary>The first line that the server answers; empty if it closed the connection without one.</summary>
    public static async Task<string> AnswerAsync(Socket caller, TimeSpan patience)
    {
        var buffer = new byte[4096];
        using var late = new CancellationTokenSource(patience);
        try
        {
            var read = await caller.ReceiveAsync(buffer, SocketFlags.None, late.Token);
            return Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n")[0];
        }
        catch (SocketException)
        {
            return "";
        }
    }

    public void Dispose()
    {
        foreach (var caller in _callers)
            caller.Dispose();
    }
}
