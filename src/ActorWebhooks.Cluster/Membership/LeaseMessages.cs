using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>A node asks another whether that one still counts it as a member that it can see; answered with <see cref="LeaseGrant"/> if it does.</summary>
/// <param name="Round">Tells the requests of a node apart.</param>
/// <param name="Uid">Of this life of the node: another one at the same address is another member.</param>
internal sealed record LeaseRequest(long Round, int Uid) : IWireMessage;

/// <summary>The other node counts as a member.</summary>
internal sealed record LeaseGrant(long Round) : IWireMessage;
