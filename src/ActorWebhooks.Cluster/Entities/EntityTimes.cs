namespace ActorWebhooks.Cluster.Entities;

/// <summary>How long a webhook that lives in a cluster takes for what.</summary>
/// <param name="PassivateAfter">Without anything to do it sleeps after this.</param>
/// <param name="HandOver">When it moves, for its request under way.</param>
/// <param name="Drain">When it is not configured any more, for what it holds.</param>
internal sealed record EntityTimes(TimeSpan PassivateAfter, TimeSpan HandOver, TimeSpan Drain);
