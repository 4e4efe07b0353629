using System.Net;

namespace ActorWebhooks.Cluster.Port;

/// <summary>A connection that came in.</summary>
/// <param name="close">Ends it.</param>
internal sealed class PortSeat(IPAddress address, Action close)
{
    public IPAddress Address => address;

    public bool HasSpoken { get; set; }

    public void Close() => close();
}
