using ActorWebhooks.Journal.Attempts;

namespace ActorWebhooks.Journal;

/// <summary>The bounds of what is in a journal, and of what is held in memory beside it.</summary>
/// <param name="ChunkBytes">Of events in one row; a larger event has a row of its own.</param>
/// <param name="MemoryWindow">Bytes of committed, undelivered events of one webhook that are held in memory.</param>
/// <param name="MaxBytes">Of the undelivered events of one webhook in the journal.</param>
/// <param name="MaxNodeBytes">Of undelivered events and dead letters of all webhooks of the node in the journal.</param>
/// <param name="RowsPerDelete">Rows that are done with are deleted so many at a time.</param>
/// <param name="Attempts">Of the attempts that the journal keeps; null when it keeps none.</param>
internal sealed record JournalLimits(
    int ChunkBytes, long MemoryWindow, long MaxBytes, long MaxNodeBytes = 1L << 41, int RowsPerDelete = 64, AttemptLogLimits? Attempts = null);
