namespace ActorWebhooks.Journal.Attempts;

/// <summary>What retention has to know of a row.</summary>
/// <param name="At">When its last attempt ended, in milliseconds since 1970.</param>
/// <param name="Before">What all rows before it took, in bytes.</param>
internal readonly record struct AttemptMark(long Row, long At, long Before)
{
    public static AttemptMark Of(long row, AttemptRowHead head) => new(row, head.To, head.Before);

    /// <summary>A row that cannot be read is the first to go.</summary>
    public static AttemptMark OfDamaged(long row) => new(row, 0, 0);
}
