namespace ActorWebhooks.Journal.Rows;

/// <summary>What a row says of itself.</summary>
/// <param name="Events">How many events or dead letters it brings.</param>
/// <param name="At">Milliseconds since 1970: when the first event was accepted, or when the row was written.</param>
internal sealed record RowHead(RowKind Kind, JournalState State, int Events, long At);
