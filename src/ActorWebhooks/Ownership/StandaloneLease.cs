namespace ActorWebhooks.Ownership;

/// <summary>The lease of a node without a cluster: held from when it has claimed the journal until another process claims it.</summary>
internal sealed class StandaloneLease : INodeLease
{
    private volatile LeaseState _state = LeaseState.Expired;

    public LeaseState State => _state;

    public void Hold() => _state = LeaseState.Held;

    public void Lose() => _state = LeaseState.Lost;
}
