using System.Net;
using System.Net.Sockets;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Port;

/// <summary>What the section <c>akka.remote.dot-netty.tcp</c> says, of which this port heeds the same as that of Akka.</summary>
internal sealed record PortSettings(
    string Host, int Port, string PublicHost, int? PublicPort, int MaxFrame, TimeSpan ConnectTimeout, int Backlog, int? SendBuffer, int? ReceiveBuffer, bool UsesIpv6)
{
    private const int DefaultFrame = 128_000;
    private const int DefaultBacklog = 4096;
    private const int DefaultPort = 2552;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    public AddressFamily NameFamily => UsesIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    public static PortSettings Create(Config config)
    {
        var host = config.GetString("hostname", "");
        if (string.IsNullOrWhiteSpace(host))
            host = IPAddress.Any.ToString();
        var publicHost = config.GetString("public-hostname", "");
        return new PortSettings(
            host,
            config.GetInt("port", DefaultPort),
            string.IsNullOrEmpty(publicHost) ? host : publicHost,
            config.GetInt("public-port") is var port and > 0 ? port : null,
            Size(config, "maximum-frame-size") ?? DefaultFrame,
            config.GetTimeSpan("connection-timeout", DefaultTimeout),
            config.GetInt("backlog", DefaultBacklog),
            Size(config, "send-buffer-size"),
            Size(config, "receive-buffer-size"),
            config.GetBoolean("dns-use-ipv6"));
    }

    public void Set(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (SendBuffer is { } send)
            socket.SendBufferSize = send;
        if (ReceiveBuffer is { } receive)
            socket.ReceiveBufferSize = receive;
    }

    private static int? Size(Config config, string key) => config.GetByteSize(key, null) is { } size and > 0 ? (int)Math.Min(size, int.MaxValue) : null;
}
