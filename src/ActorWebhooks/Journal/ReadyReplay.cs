using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>A row of dead letters that is ready to be written to the outbox.</summary>
/// <param name="Row">The row that they are in.</param>
/// <param name="Letters">How many dead letters there are fewer afterwards.</param>
/// <param name="Events">Null when none of them can be sent.</param>
internal sealed record ReadyReplay(long Row, int Letters, EventRun? Events);
