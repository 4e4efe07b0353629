namespace ActorWebhooks.Server.Tests.Clustering.Harness;

/// <summary>What was done to a node without its having been asked.</summary>
/// <param name="Life">The name of the life that it ended.</param>
/// <param name="At">When it was begun.</param>
/// <param name="Done">When it had happened. A signal takes its time to arrive on a machine with other work.</param>
internal sealed record Fault(int Life, long At, long Done);
