namespace ActorWebhooks.Journal;

/// <summary>
/// Which rows of the outbox stream are in memory, which are behind it in the journal alone, and how far events are done with. Rows in
/// memory come first, so a row is read only when those before it have been.
/// </summary>
internal sealed class OutboxRows
{
    private readonly Queue<Mark> _inMemory = new();
    private Mark _first;

    /// <summary>The first event that is not done with.</summary>
    public JournalPosition Cursor { get; private set; } = JournalPosition.Start;

    /// <summary>The newest row; 0 when there is none.</summary>
    public long Newest { get; private set; }

    /// <summary>The first row that is not in memory.</summary>
    public long NextRead { get; private set; } = 1;

    /// <summary>Events that are in the journal alone.</summary>
    public int Behind { get; private set; }

    public long BehindBytes { get; private set; }

    /// <summary>What the events in memory cost, whether they are in the journal or not.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>Events in memory that are in the journal.</summary>
    public int Journaled { get; private set; }

    public long JournaledBytes { get; private set; }

    /// <summary>Grows with every event of the journal that is done with.</summary>
    public long Finished { get; private set; }

    public int Waiting => Journaled + Behind;

    public long WaitingBytes => JournaledBytes + BehindBytes;

    /// <summary>So much the rows behind memory bring on average.</summary>
    public long MeanRowBytes => BehindBytes / Math.Max(1, Newest - NextRead + 1);

    public void Recover(JournalPosition cursor, int waiting, long waitingBytes, long newest) =>
        (Cursor, NextRead, Behind, BehindBytes, Newest) = (cursor, cursor.Row, waiting, waitingBytes, newest);

    /// <summary>A row was written that brings no events.</summary>
    public void Wrote(long row)
    {
        Newest = row;
        if (Behind == 0)
            NextRead = row + 1;
        if (Waiting == 0)
            Cursor = new JournalPosition(row + 1, 0);
    }

    /// <summary>A row was written, and its events are not kept in memory.</summary>
    public void LetGo(long row, int events, long bytes)
    {
        if (Behind == 0)
            NextRead = row;
        if (Waiting == 0)
            Cursor = new JournalPosition(row, 0);
        Newest = row;
        Behind += events;
        BehindBytes += bytes;
    }

    /// <summary>A row was written, and its events stay in memory. None may be behind.</summary>
    public void Kept(long row, int events, long bytes)
    {
        if (Waiting == 0)
            Cursor = new JournalPosition(row, 0);
        Newest = row;
        NextRead = row + 1;
        Hold(new Mark(row, events), bytes);
    }

    /// <summary>A row was read. Its first events may be done with; the others are in memory from now on.</summary>
    /// <returns>How many of them were not known of.</returns>
    public int Loaded(long row, int events, long bytes)
    {
        NextRead = row + 1;
        if (events == 0)
            return 0;
        var unknown = Math.Max(0, events - Behind);
        // There are more than is known of after a damaged row, or where the commit of an earlier process came late.
        Behind = Math.Max(0, Behind - events);
        BehindBytes = Behind == 0 ? 0 : Math.Max(0, BehindBytes - bytes);
        Hold(new Mark(row, events), bytes);
        return unknown;
    }

    /// <summary>Rows up to here need not be read again.</summary>
    public void ReadTo(long row) => NextRead = Math.Max(NextRead, row + 1);

    /// <summary>Events that are in memory and not in the journal.</summary>
    public void Passed(int events, long bytes) => Hold(new Mark(0, events), bytes);

    /// <summary>The first events in memory are done with.</summary>
    /// <param name="events">All of them in one row.</param>
    public void Finish(int events, long bytes)
    {
        MemoryBytes -= bytes;
        var left = _first.Events - events;
        if (_first.Row > 0)
        {
            Journaled -= events;
            JournaledBytes -= bytes;
            Finished += events;
            Cursor = left == 0 ? new JournalPosition(_first.Row + 1, 0) : new JournalPosition(_first.Row, IndexIn(_first.Row) + events);
        }

        _first = _first with { Events = left };
        if (left == 0)
            _inMemory.TryDequeue(out _first);
    }

    /// <summary>The next row behind memory, which must be empty, cannot be read: its events are done with.</summary>
    public void Skip(long row, int events)
    {
        var bytes = Behind == 0 ? 0 : BehindBytes / Behind * events;
        Behind = Math.Max(0, Behind - events);
        BehindBytes -= bytes;
        Finished += events;
        NextRead = row + 1;
        Cursor = new JournalPosition(row + 1, 0);
    }

    /// <summary>Everything was read, so what was thought to be behind is not there.</summary>
    /// <returns>How many events.</returns>
    public int Miss()
    {
        var missing = Behind;
        (Behind, BehindBytes) = (0, 0);
        Finished += missing;
        if (Waiting == 0)
            Cursor = new JournalPosition(Newest + 1, 0);
        return missing;
    }

    /// <summary>How many events at the beginning of a row are done with.</summary>
    public int IndexIn(long row) => Cursor.Row == row ? Cursor.Index : 0;

    private void Hold(Mark mark, long bytes)
    {
        MemoryBytes += bytes;
        if (mark.Row > 0)
        {
            Journaled += mark.Events;
            JournaledBytes += bytes;
        }

        if (_first.Events == 0)
            _first = mark;
        else
            _inMemory.Enqueue(mark);
    }

    /// <param name="Row">0 for events that are not in the journal.</param>
    private readonly record struct Mark(long Row, int Events);
}
