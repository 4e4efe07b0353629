namespace ActorWebhooks.Ownership;

/// <summary>Who a node is to the journal.</summary>
/// <param name="Name">Stands in its claims, so that a process that is displaced can say by which other.</param>
/// <param name="Lease">Whether it may act as an owner now.</param>
internal sealed record NodeOwner(string Name, INodeLease Lease)
{
    /// <summary>Webhooks of this process whose next life has to fence its former one off.</summary>
    public UnsettledWebhooks Unsettled { get; } = new();
}
