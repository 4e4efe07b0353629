using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>The node of the sender was told to stop. It is a member that is up until its webhooks have moved.</summary>
internal sealed record NodeStopping : IWireMessage
{
    public static readonly NodeStopping Instance = new();
}
