using ActorWebhooks.Configuration;

namespace ActorWebhooks.Outbox;

/// <summary>
/// Where a webhook's accepted, undelivered events are, as far as they are in memory, in the order in which they are to be sent: the current
/// batch, the parts of batches that were split, and what waits. What leaves it gives its bytes back to the budget.
/// </summary>
internal sealed class MemoryOutbox(OutboxBudget budget, IEventSource source)
{
    /// <summary>So many events may have been tried before the current batch: what a crash repeats, and what is held in memory, has a bound.</summary>
    public const int MostTried = 32;

    private readonly EventQueue _waiting = new();
    private OutboxParts? _parts;

    // The batch that another is tried before.
    private Batch? _suspect;
    private int _settled;

    // How many of the waiting events belong to the flush under way; what comes later gathers for the next window.
    private int _inFlush;
    private int _inMemory;

    /// <summary>The batch that is being sent or waits for its next attempt.</summary>
    public Batch? Current { get; private set; }

    /// <summary>Accepted and not delivered, in memory or behind it.</summary>
    public int Count => _inMemory + source.Behind;

    /// <summary>Whether the event that is to be sent first is in memory.</summary>
    public bool IsInMemory => _inMemory > 0;

    /// <summary>Whether there is an event in memory to send next, besides those of the current batch.</summary>
    public bool HasNext => _parts is not null || _waiting.Count > 0;

    /// <summary>Whether there is an event in memory that can be tried before the current batch.</summary>
    public bool CanProbe => _parts is not { Tried: >= MostTried } && (_parts is { HasUntried: true } || _waiting.Count > 0);

    /// <summary>Whether parts of a batch that was split come next.</summary>
    public bool HasParts => _parts is not null;

    /// <summary>Whether the current batch is one that is tried before another.</summary>
    public bool IsProbing => _suspect is not null;

    /// <summary>Whether an event behind the current batch has passed before it.</summary>
    public bool IsOvertaken => _parts is { HasPassed: true };

    /// <summary>How many events behind the current batch failed when they were tried before it, since the last one that passed.</summary>
    public int FailedBehind => _parts?.FailedInARow ?? 0;

    /// <summary>Whether there is anything that can be tried before the current batch, be it once more.</summary>
    public bool HasOthers => CanProbe || (FailedBehind > 0 && _parts is { Tried: < MostTried });

    /// <summary>Whether the flush under way has more to send after the current batch.</summary>
    public bool IsFlushing => _inFlush > 0 || _parts is not null;

    /// <summary>Whether the flush under way has what can be tried before the current batch.</summary>
    public bool IsFlushingUntried => _inFlush > 0 || _parts is { HasUntried: true };

    /// <summary>When the event that is to be sent first was accepted, be it in the current batch; null when there is none in memory.</summary>
    public TimeSpan? OldestAcceptedAt =>
        _inMemory == 0 ? null
        : (_suspect ?? Current) is { } batch ? batch.Events.AcceptedAt
        : _parts?.First.AcceptedAt ?? _waiting.AcceptedAt;

    /// <summary>When the event was accepted that is to be sent behind the current batch; null when there is none in memory.</summary>
    public TimeSpan? NextAcceptedAt => !HasNext ? null : _parts?.First.AcceptedAt ?? _waiting.AcceptedAt;

    /// <summary>What is known of the endpoint.</summary>
    public EndpointStanding Standing
    {
        set => budget.Standing = value;
    }

    /// <summary>Looks for an event among those in memory; one that was delivered before another, and not yet taken out, is not one of them.</summary>
    /// <param name="id">The UTF-8 bytes of its id.</param>
    /// <param name="isCurrent">Whether it is in the current batch.</param>
    /// <returns>Null if it is not there.</returns>
    public WebhookEvent? Find(ReadOnlySpan<byte> id, out bool isCurrent)
    {
        var found = Current?.Events.Find(id);
        isCurrent = found is not null;
        return found ?? _suspect?.Events.Find(id) ?? _waiting.Find(id) ?? _parts?.Find(id);
    }

    /// <summary>Takes in what has come.</summary>
    /// <returns>How many events count as accepted from now on.</returns>
    public int TakeIn()
    {
        // What is lost behind it will not be sent.
        _inFlush = Math.Min(_inFlush, _waiting.Count + source.Behind);
        var before = _waiting.Count;
        var accepted = source.TakeInto(_waiting);
        _inMemory += _waiting.Count - before;
        return accepted;
    }

    /// <summary>The source calls from now on when there is something to take in. False when there is something already.</summary>
    public bool TryAwaitCall() => source.TryAwait();

    /// <summary>Everything that waits now is to be sent, batch after batch.</summary>
    public void StartFlush() => _inFlush = _waiting.Count + source.Behind;

    /// <summary>Cuts the next batch of the flush. There must be a next event.</summary>
    public Batch CutBatch(BatchLimits limits)
    {
        if (_parts is not null)
            return Current = Batch.Of(PopPart(), isFull: false);
        var events = _waiting.TakeBatch(limits, _inFlush, out var isFull);
        _inFlush -= events.Count;
        return Current = Batch.Of(events, isFull);
    }

    /// <summary>
    /// The first event that was not yet is tried before the current batch, as a batch of its own. There must be one, and it may be of the next
    /// flush.
    /// </summary>
    public Batch Probe()
    {
        _suspect = Current;
        var next = _parts is { HasUntried: true } ? _parts.TakeUntried() : TakeWaiting(1);
        return Current = Batch.Of(next, isFull: false);
    }

    /// <summary>What was tried before the current batch has passed or failed. The batch is current again, and it stays behind that.</summary>
    public void EndProbe(bool hasPassed)
    {
        (_parts ??= new OutboxParts()).AddTried(Current!.Events, hasPassed);
        (Current, _suspect) = (_suspect, null);
    }

    /// <summary>
    /// What is tried before the current batch, if anything is, goes behind it again, and what has failed before it may be tried once more.
    /// </summary>
    public void BreakOffProbe()
    {
        if (_suspect is not null)
            EndProbe(hasPassed: false);
        _parts?.ForgetFailed();
    }

    /// <summary>The current batch has come to its end, whatever that is.</summary>
    /// <returns>How many events.</returns>
    public int Complete()
    {
        var events = TakeCurrent();
        Leave(events);
        Settle();
        return events.Count;
    }

    /// <summary>The same, with what was in it.</summary>
    public IReadOnlyList<WebhookEvent> TakeBatch()
    {
        var events = Current!.Events.Decode();
        Complete();
        return events;
    }

    /// <returns>How many events, delivered before the batch that they stood behind, have left since the last time.</returns>
    public int TakeSettled()
    {
        var settled = _settled;
        _settled = 0;
        return settled;
    }

    /// <summary>The current batch is to be sent as two, each on its own.</summary>
    public void Split()
    {
        var events = TakeCurrent();
        var (head, tail) = events.SplitAt(events.Count / 2);
        PushPart(tail);
        PushPart(head);
    }

    /// <summary>Takes out what was accepted before <paramref name="moment"/>. What is left of the current batch will be another batch.</summary>
    public IReadOnlyList<WebhookEvent> TakeOlderThan(TimeSpan moment)
    {
        if (OldestAcceptedAt is not { } oldest || oldest >= moment)
            return [];
        var old = new List<WebhookEvent>();
        BreakOffProbe();
        if (Current is not null)
            PushPart(TakeCurrent());
        while (_parts is not null)
        {
            var part = PopPart();
            var older = part.CountOlderThan(moment);
            if (older == part.Count)
            {
                Leave(part, old);
                Settle();
                continue;
            }

            PushPart(older == 0 ? part : LeaveHead(part, older, old));
            return old;
        }

        var waiting = _waiting.CountOlderThan(moment);
        return waiting == 0 ? old : Leave(TakeWaiting(waiting), old);
    }

    /// <summary>Takes out everything that is in memory.</summary>
    public IReadOnlyList<WebhookEvent> TakeAll()
    {
        // The source does not hear of events that passed before their turn until those before them have left. They count as undelivered here.
        BreakOffProbe();
        _parts?.ForgetPassed();
        return TakeOlderThan(TimeSpan.MaxValue);
    }

    /// <summary>Takes out the oldest events that are not in the current batch while there are more bytes than the budget allows.</summary>
    /// <returns>How many.</returns>
    public int TakeOverflow()
    {
        var count = 0;
        while (budget.IsOver && HasNext)
        {
            if (_parts is { IsFirstPassed: true })
            {
                Settle();
                continue;
            }

            if (_parts is null)
                Leave(TakeWaiting(1));
            else
                LeaveFirst(PopPart());
            count++;
        }

        return count;
    }

    // Sources are told of events in their order: what has passed before its turn leaves when all before it have.
    private void Settle()
    {
        while (_parts is { IsFirstPassed: true })
        {
            var passed = PopPart();
            _settled += passed.Count;
            Leave(passed);
        }
    }

    private EventRun TakeCurrent()
    {
        var batch = Current!;
        Current = null;
        return batch.Events;
    }

    private EventRun TakeWaiting(int count)
    {
        _inFlush = Math.Max(0, _inFlush - count);
        return _waiting.Take(count);
    }

    private void PushPart(EventRun part) => (_parts ??= new OutboxParts()).Push(part);

    private EventRun PopPart()
    {
        var part = _parts!.Pop();
        if (_parts.IsEmpty)
            _parts = null;
        return part;
    }

    private EventRun LeaveHead(EventRun events, int count, List<WebhookEvent> left)
    {
        var (head, tail) = events.SplitAt(count);
        Leave(head, left);
        return tail;
    }

    private void LeaveFirst(EventRun part)
    {
        if (part.Count == 1)
        {
            Leave(part);
            return;
        }

        var (head, tail) = part.SplitAt(1);
        Leave(head);
        PushPart(tail);
    }

    private List<WebhookEvent> Leave(EventRun events, List<WebhookEvent> left)
    {
        left.AddRange(events.Decode());
        Leave(events);
        return left;
    }

    private void Leave(EventRun events)
    {
        _inMemory -= events.Count;
        source.Finished(events);
        foreach (var slice in events.Slices)
        {
            budget.GiveBack(slice.Cost, slice.Count);
            slice.Page.Leave(slice.Count);
        }
    }
}
