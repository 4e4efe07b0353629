using System.Net.Sockets;

namespace ActorWebhooks.Connections;

/// <summary>Tells what this node lacks from what is wrong with an endpoint.</summary>
internal static class NodeTrouble
{
    /// <returns>What the node lacks; null when that is not why it failed.</returns>
    public static string? In(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket && WordsOf(socket.SocketErrorCode) is { } words)
                return $"{words} ({socket.Message})";
        }

        return null;
    }

    /// <summary>
    /// Whether a request failed because its connection was evicted before it was written. A connection with a request on it is never evicted, and
    /// nothing else on this node closes one under a request.
    /// </summary>
    public static bool IsEviction(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is ConnectionEvictedException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
                return true;
        }

        return false;
    }

    private static string? WordsOf(SocketError error) => error switch
    {
        // EMFILE and ENFILE.
        SocketError.TooManyOpenSockets => "This node may open no more files",
        SocketError.NoBufferSpaceAvailable => "This node has no memory left for sockets",
        // EADDRNOTAVAIL: each connection to an address needs a port of its own.
        SocketError.AddressNotAvailable => "This node has no free port, or no address, to connect from",
        _ => null,
    };
}
