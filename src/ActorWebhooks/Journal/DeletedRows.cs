using ActorWebhooks.Journal.Requests;

namespace ActorWebhooks.Journal;

/// <summary>
/// Which rows of a stream are deleted. Rows that are done with go by the dozen, as a delete costs the journal as much as a write. The newest
/// row stays: it holds the state.
/// </summary>
internal sealed class DeletedRows
{
    private const int RowsAtOnce = 64;

    private long _deletedTo;
    private long _number;

    public void Recover(long firstRow) => _deletedTo = firstRow - 1;

    /// <param name="firstRow">The first that is still needed, as far as the journal says.</param>
    public DeleteRows? Next(long number, string persistenceId, long firstRow, long newest)
    {
        var to = Math.Min(firstRow, newest) - 1;
        if (_number != 0 || to - _deletedTo < RowsAtOnce)
            return null;
        (_number, _deletedTo) = (number, to);
        return new DeleteRows(number, persistenceId, to);
    }

    /// <summary>A delete has ended. If it failed, the next one covers its rows.</summary>
    public void Ended(long number)
    {
        if (_number == number)
            _number = 0;
    }
}
