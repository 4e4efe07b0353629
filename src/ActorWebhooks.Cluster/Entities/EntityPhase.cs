namespace ActorWebhooks.Cluster.Entities;

/// <summary>How far a webhook's life on this node is.</summary>
internal enum EntityPhase
{
    Running,

    /// <summary>Not configured any more; it delivers what it holds.</summary>
    Removed,

    /// <summary>It hands over, or falls asleep.</summary>
    Leaving,

    /// <summary>It has handed over.</summary>
    Gone,
}
