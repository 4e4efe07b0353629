using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>A row of dead letters that is ready to be written to the outbox.</summary>
/// <param name="Row">The row that they are in.</param>
/// <param name="Letters">How many letters it holds.</param>
/// <param name="Dropped">How many of them are dropped.</param>
/// <param name="Events">Those that are sent again; null when there are none.</param>
internal sealed record ReadyReplay(long Row, int Letters, int Dropped, EventRun? Events)
{
    /// <summary>How many are kept, in another row.</summary>
    public int Kept => Letters - Dropped - (Events?.Count ?? 0);
}
