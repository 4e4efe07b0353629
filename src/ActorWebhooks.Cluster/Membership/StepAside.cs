using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>A third node sees that the node that gets this and another do not reach each other, and that this one has to stop.</summary>
/// <param name="Other">The address of the other.</param>
internal sealed record StepAside(string Other) : IWireMessage;
