using ActorWebhooks.Ownership;

namespace ActorWebhooks.Tests.Testing;

/// <summary>A lease that the test holds, lets expire and loses.</summary>
internal sealed class ManualLease : INodeLease
{
    public LeaseState State { get; set; } = LeaseState.Held;
}
