using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Rows;

namespace ActorWebhooks.Journal;

/// <summary>
/// Finds out where a webhook stood: the newest row of each of its streams, and of the two the newer one. A newest row that is damaged is
/// passed over for the one before it.
/// </summary>
internal sealed class JournalRecovery(JournalIds ids)
{
    private readonly EndOfStream _outbox = new(ids.Of(JournalStream.Outbox));
    private readonly EndOfStream _deadLetters = new(ids.Of(JournalStream.DeadLetters));

    public bool IsDone => _outbox.IsFound && _deadLetters.IsFound;

    /// <summary>
    /// Where it stood. A row that came late, when an earlier process had already given way, is counted to it; a damaged row that nothing else
    /// tells of as one event or dead letter, until it is looked into.
    /// </summary>
    public JournalState State => Newer with
    {
        Waiting = Newer.Waiting + _outbox.EventsAfter(Newer.NewestRow),
        Dead = Newer.Dead + _deadLetters.EventsAfter(Newer.NewestDeadRow),
    };

    private JournalState Newer =>
        _outbox.State is { } outbox && outbox.Version >= (_deadLetters.State?.Version ?? 0) ? outbox
        : _deadLetters.State ?? JournalState.Empty with { Cursor = _outbox.Beginning, DeadCursor = _deadLetters.Beginning };

    public long NewestInOutbox => _outbox.Newest;

    public long NewestOfDeadLetters => _deadLetters.Newest;

    /// <summary>What is to be read next, unless it is done.</summary>
    public ReadRows Next(long number) => Current.Next(number);

    /// <returns>What is wrong with the row that was read; null when nothing is.</returns>
    public (string Row, string Fault)? Read(RowsRead answer) => Current.Read(answer);

    private EndOfStream Current => _outbox.IsFound ? _deadLetters : _outbox;

    private sealed class EndOfStream(string persistenceId)
    {
        // Streams are deleted from their beginning, so there is nothing before a gap as long as this.
        private const int LongestGap = 16;

        private readonly List<long> _damaged = [];
        private long _row = -1;
        private int _events;
        private bool _isInGap;

        public bool IsFound { get; private set; }

        public long Newest { get; private set; }

        public JournalState? State { get; private set; }

        /// <summary>The first row that is there, if there is none to tell where the webhook stood.</summary>
        public JournalPosition Beginning => new(_row + 1, 0);

        /// <summary>Of the rows that were read, as far as they are later ones; a damaged row counts as one.</summary>
        public int EventsAfter(long row) => (State is not null && _row > row ? _events : 0) + _damaged.Count(damaged => damaged > row);

        // To read nothing tells which row is the newest.
        public ReadRows Next(long number) => _row < 0
            ? new ReadRows(number, persistenceId, 1, 0, 0)
            : new ReadRows(number, persistenceId, _isInGap ? Math.Max(1, _row - LongestGap + 1) : _row, _row, long.MaxValue);

        public (string Row, string Fault)? Read(RowsRead answer)
        {
            if (_row < 0)
            {
                (_row, Newest) = (answer.Newest, answer.Newest);
                IsFound = Newest == 0;
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
                (State, IsFound, _events) = (head.State, true, head.Events);
                return null;
            }

            _damaged.Add(_row);
            var row = $"{persistenceId} {_row}";
            IsFound = --_row == 0;
            return (row, fault);
        }
    }
}
