namespace ActorWebhooks.LoadTest.Backlog;

/// <summary>What a process takes at one moment.</summary>
/// <param name="WorkingSet">Bytes in RAM.</param>
/// <param name="Peak">The most that it ever had there.</param>
/// <param name="Heap">Bytes on the managed heap, with what has not been collected yet.</param>
/// <param name="Refused">How many events the engine has refused so far for want of room; they were published again.</param>
internal sealed record MemoryReport(long WorkingSet, long Peak, long Heap, long Refused);
