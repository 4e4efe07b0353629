using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>The node of the sender stops, and all that it had to hand over or to send to webhooks is where they live now.</summary>
internal sealed record NodeSettled : IWireMessage
{
    public static readonly NodeSettled Instance = new();
}
