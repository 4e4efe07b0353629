namespace ActorWebhooks.Cluster.Tests.Clusters;

/// <summary>A request that a receiver answered.</summary>
/// <param name="At">When it came, since the receiver was started.</param>
internal sealed record Arrival(string WebhookId, TimeSpan At, bool IsTaken, IReadOnlyList<string> EventIds);
