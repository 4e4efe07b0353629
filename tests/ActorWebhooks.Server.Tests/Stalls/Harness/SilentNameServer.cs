using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Server.Tests.Stalls.Harness;

/// <summary>
/// A name server that takes every question and never answers. Only processes that are started with <see cref="LauncherFor"/> ask it: they
/// have a private view of the files that say which name servers there are.
/// </summary>
internal sealed class SilentNameServer : IDisposable
{
    private const int Port = 53;

    // exec throughout, so that the process keeps its id.
    private const string Mount = "mount --bind \"$1\" /etc/resolv.conf && mount --bind \"$2\" /etc/hosts && shift 2 && exec \"$@\"";

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public SilentNameServer()
    {
        // Tests may run at the same time, each with an address of its own.
        Address = new IPAddress([127, 53, (byte)Random.Shared.Next(256), (byte)Random.Shared.Next(1, 255)]);
        try
        {
            _socket.Bind(new IPEndPoint(Address, Port));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new InvalidOperationException("This test needs a name server on port 53 and a private resolv.conf: run it as root.", e);
        }
    }

    public IPAddress Address { get; }

    /// <summary>Questions that it was asked, as far as they fit into the buffer of its socket.</summary>
    public bool WasAsked => _socket.Available > 0;

    /// <summary>For a process that asks this server for all names but those of its hosts file.</summary>
    /// <param name="hosts">Names of 127.0.0.1.</param>
    public IReadOnlyList<string> LauncherFor(Testing.Folder folder, params IReadOnlyList<string> hosts) =>
    [
        "unshare", "--mount", "--propagation", "private", "sh", "-c", Mount, "sh",
        folder.Write("resolv.conf", $"nameserver {Address}\n"),
        folder.Write("hosts", $"127.0.0.1 localhost {string.Join(' ', hosts)}\n"),
    ];

    public void Dispose() => _socket.Dispose();
}
