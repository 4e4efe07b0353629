using ActorWebhooks.LoadTest.Databases;

namespace ActorWebhooks.LoadTest.Receipts;

/// <summary>What receipts on one database came to.</summary>
/// <param name="Receipts">How long they took, in each round.</param>
/// <param name="Commits">The same of bare commits.</param>
internal sealed record ReceiptReport(
    DatabaseKind Database, IReadOnlyList<LatencySample> Receipts, IReadOnlyList<LatencySample> Commits);
