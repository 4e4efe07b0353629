namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>What was done to a node without its having been asked.</summary>
/// <param name="Life">The name of the life that it ended.</param>
internal sealed record Fault(int Life, long At);
