namespace ActorWebhooks.Journal;

/// <summary>A place in a stream of rows: everything before it is done with.</summary>
/// <param name="Row">The sequence number of a row; the first row is 1.</param>
/// <param name="Index">So many of its events are done with.</param>
internal readonly record struct JournalPosition(long Row, int Index)
{
    public static readonly JournalPosition Start = new(1, 0);
}
