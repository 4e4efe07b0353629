using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Tries the address of a node before the engine takes it, which would tell in many lines that it cannot be had.</summary>
internal static class ClusterPort
{
    /// <exception cref="RefusedException">It cannot be had.</exception>
    public static void Try(NodeAddress address)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(Dns.GetHostAddresses(address.Host, AddressFamily.InterNetwork)[0], address.Port));
            socket.Listen();
        }
        catch (SocketException e)
        {
            throw new RefusedException($"Cannot listen on {address} for the other nodes of the cluster: {ListenSocket.Explain(e)}");
        }
    }
}
