using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// A socket that listens before the server is built, so that the port is known to what the server is built from, and a port in use
/// is told before anything has started.
/// </summary>
internal sealed class ListenSocket : IDisposable
{
    private ListenSocket(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    /// <summary>With the real port.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)Socket.LocalEndPoint!;

    public Uri Url => ListenAddress.UrlOf(EndPoint);

    /// <exception cref="RefusedException">The address cannot be had.</exception>
    public static ListenSocket Open(IPEndPoint endPoint)
    {
        Socket? socket = null;
        try
        {
            socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            socket.Listen();
            return new ListenSocket(socket);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new RefusedException($"Cannot listen on http://{endPoint}: {Explain(e)}");
        }
    }

    public void Dispose() => Socket.Dispose();

    /// <summary>Why an address cannot be had, as the rest of a sentence.</summary>
    public static string Explain(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another program uses that port. Stop it, or choose another port (0 takes a free one).",
        SocketError.AccessDenied => "not permitted. Choose a port above 1023.",
        SocketError.AddressNotAvailable => "this machine does not have that address.",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "that name is not known here.",
        _ => $"{e.Message}.",
    };
}
