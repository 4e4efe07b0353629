using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Tests.Testing;

/// <summary>A port that accepts nobody and refuses nobody: its queue is full, and what comes besides is dropped without a word.</summary>
internal sealed class FullListener : IDisposable
{
    private const int MoreThanTheQueueHolds = 16;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public FullListener(IPEndPoint endpoint)
    {
        _listener.Bind(endpoint);
        _listener.Listen(0);
        for (var i = 0; i < MoreThanTheQueueHolds; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _waiting.Add(socket);
            try
            {
                socket.Connect(endpoint);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // On its way.
            }
        }
    }

    public void Dispose()
    {
        foreach (var socket in _waiting)
            socket.Dispose();
        _listener.Dispose();
    }
}
