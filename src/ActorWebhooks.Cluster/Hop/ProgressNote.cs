namespace ActorWebhooks.Cluster.Hop;

/// <summary>What a webhook says besides how far it has got. The numbers cross the network.</summary>
internal enum ProgressNote
{
    None = 0,

    /// <summary>Events are missing before those that came.</summary>
    Gap = 1,

    /// <summary>It moves to another node: what is not released is to be sent again, to there.</summary>
    Leaving = 2,
}
