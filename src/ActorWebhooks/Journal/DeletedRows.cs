using ActorWebhooks.Journal.Epochs;
using ActorWebhooks.Journal.Requests;

namespace ActorWebhooks.Journal;

/// <summary>
/// Which rows of a stream are deleted. Rows that are done with go by the dozen, as a delete costs the journal as much as a write. The newest
/// row stays, as it holds the state, and so does the fence behind the rows of each former owner.
/// </summary>
internal sealed class DeletedRows(int rowsAtOnce)
{
    private long _deleting;
    private long _number;

    /// <summary>Rows up to here are deleted.</summary>
    public long To { get; private set; }

    public void Recover(long deletedTo) => To = deletedTo;

    /// <param name="firstRow">The first that is still needed, as far as the journal says.</param>
    public DeleteRows? Next(long number, JournalIds ids, JournalStream stream, EpochSegments segments, long firstRow, long newest)
    {
        if (_number != 0)
            return null;
        var done = Math.Min(firstRow, newest) - 1;
        while (true)
        {
            To = Math.Max(To, segments.All[0].First - 1);
            var (epoch, last) = segments.Of(To + 1);
            if (To >= last)
            {
                // The fence behind them.
                To = last + 1;
                continue;
            }

            // What a former owner has left is deleted to its end, however few rows that is.
            var to = Math.Min(done, last);
            if (to < last && to - To < rowsAtOnce)
                return null;
            (_number, _deleting) = (number, to);
            return new DeleteRows(number, ids.Of(stream, epoch), to);
        }
    }

    public bool IsAsked(long number) => _number != 0 && _number == number;

    public void Deleted() => (_number, To) = (0, _deleting);

    public void Failed() => _number = 0;
}
