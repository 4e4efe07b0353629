namespace ActorWebhooks.Cluster.Hop;

/// <summary>What a bundle would hold.</summary>
/// <param name="Bytes">Of its events.</param>
/// <param name="IsFull">Whether no event that comes later would find room in it.</param>
internal readonly record struct BundleSize(int Count, int Bytes, bool IsFull);
