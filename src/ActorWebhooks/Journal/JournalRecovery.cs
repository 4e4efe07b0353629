using ActorWebhooks.Journal.Epochs;
using ActorWebhooks.Journal.Requests;

namespace ActorWebhooks.Journal;

/// <summary>Finds out where a webhook stood: the newest row of its newest owner. It writes nothing, so the owner may go on meanwhile.</summary>
internal sealed class JournalRecovery(JournalIds ids)
{
    // When nothing of the newest owner can be read, what the one before it left is where the newest began.
    private const int MostEpochs = 2;

    private readonly List<EndOfEpoch> _epochs = [];

    public bool IsDone { get; private set; }

    /// <summary>The newest epoch that was claimed; 0 when none was.</summary>
    public long Epoch { get; private set; }

    /// <summary>The row that already fences the newest owner off; null when it may still write.</summary>
    public long? Fence => Newest.Outbox.Fence;

    /// <summary>The same in the stream of dead letters.</summary>
    public long? DeadFence => Newest.DeadLetters.Fence;

    /// <summary>The name of the process that claimed the newest epoch; empty when it is not known.</summary>
    public string Owner => Newest.Owner;

    public long NewestInOutbox => Math.Max(Newest.Outbox.Newest, Known.Segments.First - 1);

    public long NewestOfDeadLetters => Math.Max(Newest.DeadLetters.Newest, Known.DeadSegments.First - 1);

    /// <summary>
    /// Where it stood. A row that came later than what else there is counts to it; a damaged row that nothing else tells of as one event or
    /// dead letter, until it is looked into.
    /// </summary>
    public JournalState State
    {
        get
        {
            var known = Known;
            return known with
            {
                Waiting = known.Waiting + _epochs.Sum(epoch => epoch.Outbox.EventsAfter(known.NewestRow)),
                Dead = known.Dead + _epochs.Sum(epoch => epoch.DeadLetters.EventsAfter(known.NewestDeadRow)),
            };
        }
    }

    private EndOfEpoch Newest => _epochs[0];

    private JournalState Known => Newest.State ?? Earlier ?? JournalState.Empty with
    {
        Cursor = Newest.Outbox.Beginning,
        DeadCursor = Newest.DeadLetters.Beginning,
        Segments = new EpochSegments([new EpochSegment(Epoch, Newest.Outbox.Beginning.Row)]),
        DeadSegments = new EpochSegments([new EpochSegment(Epoch, Newest.DeadLetters.Beginning.Row)]),
    };

    private JournalState? Earlier => _epochs.Count > 1 && _epochs[1].State is { } state
        ? state with
        {
            Segments = state.Segments.Begin(Epoch, _epochs[1].Outbox.Newest + 1),
            DeadSegments = state.DeadSegments.Begin(Epoch, _epochs[1].DeadLetters.Newest + 1),
        }
        : null;

    /// <summary>What is to be read next, unless it is done.</summary>
    public ReadRows Next(long number) => _epochs.Count == 0 ? new ReadRows(number, ids.Claims, 1, 0, 0) : _epochs[^1].Next(number);

    /// <returns>What is wrong with the row that was read; null when nothing is.</returns>
    public (string Row, string Fault)? Read(RowsRead answer)
    {
        if (_epochs.Count == 0)
        {
            Epoch = answer.Newest;
            _epochs.Add(new EndOfEpoch(ids, Epoch));
            return null;
        }

        var fault = _epochs[^1].Read(answer);
        if (!_epochs[^1].IsFound)
            return fault;
        if (_epochs[^1].State is null && Epoch >= _epochs.Count && _epochs.Count < MostEpochs)
            _epochs.Add(new EndOfEpoch(ids, Epoch - _epochs.Count));
        else
            IsDone = true;
        return fault;
    }
}
