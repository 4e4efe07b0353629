namespace ActorWebhooks.Journal;

/// <summary>How many dead letters the journal keeps, and from where on.</summary>
internal sealed class DeadRows
{
    /// <summary>The first letter that is kept.</summary>
    public JournalPosition Cursor { get; private set; } = JournalPosition.Start;

    /// <summary>The newest row; 0 when there is none.</summary>
    public long Newest { get; private set; }

    public int Count { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Grows with every letter that goes.</summary>
    public long Removed { get; private set; }

    public void Recover(JournalPosition cursor, int count, long bytes, long newest) =>
        (Cursor, Count, Bytes, Newest) = (cursor, count, bytes, newest);

    public void Wrote(long row, int letters, long bytes) => (Newest, Count, Bytes) = (row, Count + letters, Bytes + bytes);

    /// <summary>The letters up to the end of a row go.</summary>
    /// <param name="letters">How many.</param>
    public void RemoveTo(long row, int letters)
    {
        Bytes -= Count == 0 ? 0 : Bytes / Count * letters;
        Count -= letters;
        if (Count <= 0)
            (Count, Bytes) = (0, 0);
        Removed += letters;
        Cursor = new JournalPosition(row + 1, 0);
    }
}
