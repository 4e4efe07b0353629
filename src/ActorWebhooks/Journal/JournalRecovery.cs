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
    /// Where it stood. A row that came late, when an earlier process had already given way, is counted to it; a damaged row as one event, until
    /// it is looked into.
    /// </summary>
    public JournalState State => Newer with
    {
        Waiting = Newer.Waiting + _outbox.EventsAfter(Newer.NewestRow) + _outbox.Damaged,
        Dead = Newer.Dead + _deadLetters.EventsAfter(Newer.NewestDeadRow),
    };

    private JournalState Newer =>
        _outbox.State is { } outbox && outbox.Version >= (_deadLetters.State?.Version ?? 0) ? outbox
        : _deadLetters.State ?? JournalState.Empty;

    public long NewestInOutbox => _outbox.Newest;

    public long NewestOfDeadLetters => _deadLetters.Newest;

    /// <summary>What is to be read next, unless it is done.</summary>
    public ReadRows Next(long number) => Current.Next(number);

    /// <returns>What is wrong with the row that was read; null when nothing is.</returns>
    public (string Row, string Fault)? Read(RowsRead answer) => Current.Read(answer);

    private EndOfStream Current => _outbox.IsFound ? _deadLetters : _outbox;

    private sealed class EndOfStream(string persistenceId)
    {
        private long _row = -1;
        private int _events;

        public bool IsFound { get; private set; }

        public long Newest { get; private set; }

        public JournalState? State { get; private set; }

        /// <summary>How many of the newest rows cannot be read.</summary>
        public int Damaged { get; private set; }

        /// <summary>Of the row that was read, if it is a later one.</summary>
        public int EventsAfter(long row) => State is not null && _row > row ? _events : 0;

        // To read nothing tells which row is the newest.
        public ReadRows Next(long number) => _row < 0
            ? new ReadRows(number, persistenceId, 1, 0, 0)
            : new ReadRows(number, persistenceId, _row, _row, long.MaxValue);

        public (string Row, string Fault)? Read(RowsRead answer)
        {
            if (_row < 0)
            {
                (_row, Newest) = (answer.Newest, answer.Newest);
                IsFound = Newest == 0;
                return null;
            }

            var fault = "it is missing";
            if (answer.Rows.Length > 0 && RowDecoder.TryReadHead(answer.Rows[0].Content, out var head, out fault))
            {
                (State, IsFound, _events) = (head.State, true, head.Events);
                return null;
            }

            Damaged++;
            var row = $"{persistenceId} {_row}";
            IsFound = --_row == 0;
            return (row, fault);
        }
    }
}
