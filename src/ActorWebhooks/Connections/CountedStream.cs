using System.Net.Sockets;

namespace ActorWebhooks.Connections;

/// <summary>A connection that says when it is used and when it is closed.</summary>
internal sealed class CountedStream(Socket socket, ConnectionHandle handle) : NetworkStream(socket, ownsSocket: true)
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        handle.Use();
        return base.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        handle.Dispose();
    }
}
