using ActorWebhooks.Accounting;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>Events from the intake that no row holds yet, and those who wait for receipts, of events in the row that is being written too.</summary>
internal sealed class PendingEvents(JournalIds ids, OutboxIntake intake, WebhookAccount account, CommittedEvents committed)
{
    private readonly EventQueue _events = new();
    private readonly Queue<HeldReceipt> _receipts = new();

    // How many events of the intake are accepted or refused.
    private long _decided;

    public int Count => _events.Count;

    /// <summary>Takes what has come.</summary>
    public void TakeIn() => intake.TakeInto(_events, _receipts);

    /// <summary>The intake calls from now on when something comes. False when something has come already.</summary>
    public bool TryAwait() => intake.TryAwait();

    /// <summary>What the next row is to hold; there must be an event.</summary>
    public EventRun TakeChunk(int bytes) => _events.TakeChunk(bytes);

    /// <summary>Accepts all of them without a row.</summary>
    public void Pass()
    {
        var count = _events.Count;
        while (_events.Count > 0)
            committed.Pass(_events.TakeSlice());
        Accept(count);
    }

    /// <summary>The first so many are safe.</summary>
    public void Accept(int events)
    {
        account.Accept(events);
        _decided += events;
        intake.Release(events);
        while (_receipts.TryPeek(out var held) && held.Ordinal < _decided)
            _receipts.Dequeue().Receipt.Accept();
    }

    /// <summary>
    /// Tells all who wait that their events are not taken, and forgets these, but for those of the row whose fate is not known. Events that
    /// nobody waits for stay, and are written once that is possible.
    /// </summary>
    /// <param name="inRow">How many are in that row.</param>
    public void Refuse(RefusalReason reason, int inRow)
    {
        TakeIn();
        var first = _decided + inRow;
        var refused = new HashSet<long>();
        while (_receipts.TryDequeue(out var held))
        {
            held.Receipt.Refuse(ids.WebhookId, held.Event, reason);
            account.Refuse(reason);
            if (held.Ordinal >= first)
                refused.Add(held.Ordinal - first);
        }

        Forget(refused);
    }

    /// <summary>Gives them up.</summary>
    /// <returns>How many.</returns>
    public int LetGo()
    {
        var count = _events.Count;
        while (_events.Count > 0)
            committed.LetGo(_events.TakeSlice());
        return count;
    }

    private void Forget(HashSet<long> indexes)
    {
        for (var (index, left) = (0L, indexes.Count == 0 ? 0 : _events.Count); left > 0; index++, left--)
        {
            var e = _events.Take(1).Slices[0];
            if (indexes.Contains(index))
                committed.LetGo(e);
            else
                _events.Enqueue(e);
        }

        // Nobody waits for any of the others any more, so only the number has to be right.
        _decided += indexes.Count;
        intake.Release(indexes.Count);
    }
}
