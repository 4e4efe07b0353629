namespace ActorWebhooks.Ownership;

/// <summary>The lease of a node without a cluster: held until another process takes the journal over.</summary>
internal sealed class StandaloneLease : INodeLease
{
    private volatile bool _isLost;

    public LeaseState State => _isLost ? LeaseState.Lost : LeaseState.Held;

    public void Lose() => _isLost = true;
}
