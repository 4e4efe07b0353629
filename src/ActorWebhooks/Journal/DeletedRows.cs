using ActorWebhooks.Journal.Requests;

namespace ActorWebhooks.Journal;

/// <summary>
/// Which rows of a stream are deleted. Rows that are done with go by the dozen, as a delete costs the journal as much as a write. The newest
/// row stays: it holds the state.
/// </summary>
internal sealed class DeletedRows
{
    private const int RowsAtOnce = 64;

    private long _deleting;
    private long _number;

    /// <summary>Rows up to here are deleted.</summary>
    public long To { get; private set; }

    public void Recover(long deletedTo) => To = deletedTo;

    /// <param name="firstRow">The first that is still needed, as far as the journal says.</param>
    public DeleteRows? Next(long number, string persistenceId, long firstRow, long newest)
    {
        var to = Math.Min(firstRow, newest) - 1;
        if (_number != 0 || to - To < RowsAtOnce)
            return null;
        (_number, _deleting) = (number, to);
        return new DeleteRows(number, persistenceId, to);
    }

    public bool IsAsked(long number) => _number != 0 && _number == number;

    public void Deleted() => (_number, To) = (0, _deleting);

    public void Failed() => _number = 0;
}
