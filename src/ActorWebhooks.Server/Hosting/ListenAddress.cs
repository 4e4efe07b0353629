using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// A socket that is bound before anything else starts: the port is known when it was chosen by the system, and one that is taken is
/// told at once.
/// </summary>
internal sealed class ListenAddress
{
    private ListenAddress(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public IPEndPoint EndPoint => (IPEndPoint)Socket.LocalEndPoint!;

    /// <summary>Where this machine reaches it.</summary>
    public Uri Url
    {
        get
        {
            var address = EndPoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
                : EndPoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
                : EndPoint.Address;
            return new Uri($"http://{new IPEndPoint(address, EndPoint.Port)}");
        }
    }

    /// <exception cref="ServerRefusedException">It is not an address to listen on, or it is taken.</exception>
    public static ListenAddress Bind(string url) => Bind(url, Parse(url));

    /// <exception cref="ServerRefusedException">The port is taken or does not exist.</exception>
    public static ListenAddress BindLoopback(int port) => port is >= 0 and <= IPEndPoint.MaxPort
        ? Bind($"127.0.0.1:{port}", new IPEndPoint(IPAddress.Loopback, port))
        : throw new ServerRefusedException($"--port {port}: accepted is 0 to {IPEndPoint.MaxPort}.");

    private static ListenAddress Bind(string shown, IPEndPoint endPoint)
    {
        try
        {
            return new ListenAddress(SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new ServerRefusedException($"{shown}: another program listens there already; end it or choose another port.");
        }
        catch (SocketException e)
        {
            throw new ServerRefusedException($"{shown}: cannot listen there: {e.Message}.");
        }
    }

    private static IPEndPoint Parse(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { Scheme: "http", PathAndQuery: "/", UserInfo: "" })
        {
            if (uri.Host == "localhost")
                return new IPEndPoint(IPAddress.Loopback, uri.Port);
            if (IPAddress.TryParse(uri.Host, out var address))
                return new IPEndPoint(address, uri.Port);
        }

        throw new ServerRefusedException(
            $"--urls {url}: accepted is http://ADDRESS:PORT with an IP address or localhost, such as http://127.0.0.1:8080. For HTTPS put a proxy in front.");
    }
}
