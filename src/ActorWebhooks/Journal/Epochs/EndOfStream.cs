using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Journal.Epochs;

/// <summary>Finds the newest row of a stream that can be read. A damaged one is passed over for the one before it, and so is the fence.</summary>
/// <param name="first">The number of the first row that the owner of the stream may have written.</param>
internal sealed class EndOfStream(string persistenceId, long first)
{
    // Streams are deleted from their beginning, so there is nothing before a gap as long as this.
    private const int LongestGap = 16;

    private readonly List<long> _damaged = [];
    private long _row = -1;
    private int _events;
    private bool _isInGap;
    private long _missing;

    public bool IsFound { get; private set; }

    /// <summary>The number of the newest row besides the fence, whether it can be read or not; the one before the first if there is none.</summary>
    public long Newest { get; private set; } = first - 1;

    /// <summary>The row that fences the owner of the stream off; null when there is none.</summary>
    public long? Fence { get; private set; }

    public JournalState? State { get; private set; }

    /// <summary>The first row that is there, if there is none to tell where the webhook stood.</summary>
    public JournalPosition Beginning => new(Math.Max(_row + 1, first), 0);

    /// <summary>Of the rows that were read, as far as they are later ones; a damaged row counts as one.</summary>
    public int EventsAfter(long row) => (State is not null && _row > row ? _events : 0) + _damaged.Count(damaged => damaged > row);

    // To read nothing tells which row is the newest.
    public ReadRows Next(long number) => _row < 0
        ? new ReadRows(number, persistenceId, 1, 0, 0)
        : new ReadRows(number, persistenceId, _isInGap ? Math.Max(first, _row - LongestGap + 1) : _row, _row, long.MaxValue);

    /// <returns>What is wrong with the row that was read; null when nothing is.</returns>
    public (string Row, string Fault)? Read(RowsRead answer)
    {
        if (_row < 0)
        {
            _row = Newest = Math.Max(answer.Newest, first - 1);
            IsFound = Newest < first;
            return null;
        }

        if (answer.Rows.Length == 0 && _row == Newest && _row != _missing)
        {
            // An owner that is alive may have written on, and deleted it.
            (_missing, _row) = (_row, -1);
            return null;
        }

        if (answer.Rows.Length == 0)
        {
            (IsFound, _isInGap) = (_isInGap, true);
            return IsFound ? null : ($"{persistenceId} {_row}", "it is missing");
        }

        (_row, var content) = answer.Rows[^1];
        if (RowDecoder.TryReadHead(content, out var head, out var fault))
        {
            if (head.Kind == RowKind.Fence)
                PassFence();
            else
                (State, IsFound, _events) = (head.State, true, head.Events);
            return null;
        }

        _damaged.Add(_row);
        var row = $"{persistenceId} {_row}";
        IsFound = --_row < first;
        return (row, fault);
    }

    private void PassFence()
    {
        // One that came late may stand before rows that were written meanwhile; it fences nobody off.
        if (_row == Newest)
            (Fence, Newest) = (_row, _row - 1);
        IsFound = --_row < first;
    }
}
