using ActorWebhooks.Configuration;

namespace ActorWebhooks.Outbox;

/// <summary>
/// Where a webhook's accepted, undelivered events are, in the order in which they are to be sent: the current batch, the parts of
/// batches that were split, and what waits. What leaves it gives its bytes back to the budget.
/// </summary>
internal sealed class MemoryOutbox(OutboxBudget budget)
{
    private const int KeptCapacity = 1024;

    private readonly Queue<OutboxEntry> _waiting = new();
    private readonly Stack<ArraySegment<OutboxEntry>> _parts = new();

    // How many of the waiting events belong to the flush under way; what comes later gathers for the next window.
    private int _inFlush;

    /// <summary>The batch that is being sent or waits for its next attempt.</summary>
    public Batch? Current { get; private set; }

    /// <summary>Accepted and not delivered.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the flush under way has more to send after the current batch.</summary>
    public bool IsFlushing => _inFlush > 0 || _parts.Count > 0;

    /// <summary>Takes an event whose cost has been taken from the budget.</summary>
    public void Add(OutboxEntry entry)
    {
        _waiting.Enqueue(entry);
        Count++;
    }

    /// <summary>Takes an event if the budget has room for it.</summary>
    public bool TryAdd(OutboxEntry entry)
    {
        if (budget.TryTake(OutboxBudget.CostOf(entry.Event)) is not null)
            return false;
        Add(entry);
        return true;
    }

    /// <summary>Everything that waits now is to be sent, batch after batch.</summary>
    public void StartFlush() => _inFlush = _waiting.Count;

    /// <summary>Cuts the next batch of the flush.</summary>
    public Batch CutBatch(BatchLimits limits)
    {
        var isFull = false;
        OutboxEntry[] entries;
        if (_parts.TryPop(out var part))
        {
            entries = part.ToArray();
        }
        else
        {
            entries = new OutboxEntry[CountOfNext(limits, out isFull)];
            for (var i = 0; i < entries.Length; i++)
                entries[i] = _waiting.Dequeue();
            _inFlush -= entries.Length;
        }

        return Current = new Batch(Guid.CreateVersion7().ToString("N"), entries, BatchEncoding.Encode(entries), isFull);
    }

    /// <summary>The current batch has come to its end, whatever that is.</summary>
    public OutboxEntry[] Complete()
    {
        var entries = Release();
        foreach (var entry in entries)
            Leave(entry);
        return entries;
    }

    /// <summary>The current batch is to be sent as two, each on its own.</summary>
    public void Split()
    {
        ArraySegment<OutboxEntry> entries = Release();
        var half = entries.Count / 2;
        _parts.Push(entries[half..]);
        _parts.Push(entries[..half]);
    }

    /// <summary>Takes out what was accepted before <paramref name="moment"/>. What is left of the current batch will be another batch.</summary>
    public IReadOnlyList<OutboxEntry> TakeOlderThan(TimeSpan moment)
    {
        if (!TryPeek(out var oldest) || oldest.AcceptedAt >= moment)
            return [];
        if (Current is not null)
            _parts.Push(Release());
        var old = new List<OutboxEntry>();
        TakeParts(moment, old);
        while (_parts.Count == 0 && _waiting.TryPeek(out oldest) && oldest.AcceptedAt < moment)
            old.Add(TakeWaiting());
        foreach (var entry in old)
            Leave(entry);
        return old;
    }

    /// <summary>Takes out everything.</summary>
    public IReadOnlyList<OutboxEntry> TakeAll() => TakeOlderThan(TimeSpan.MaxValue);

    /// <summary>Takes out the oldest events that are not in the current batch while there are more bytes than the budget allows.</summary>
    /// <returns>How many.</returns>
    public int TakeOverflow()
    {
        var count = 0;
        for (; budget.IsOver && (_parts.Count > 0 || _waiting.Count > 0); count++)
            Leave(_parts.Count > 0 ? TakeFromParts() : TakeWaiting());
        return count;
    }

    /// <summary>The event that is to be sent first, be it in the current batch.</summary>
    public bool TryPeek(out OutboxEntry oldest)
    {
        if (Current is { } batch)
            oldest = batch.Entries[0];
        else if (_parts.TryPeek(out var part))
            oldest = part[0];
        else
            return _waiting.TryPeek(out oldest);
        return true;
    }

    private void TakeParts(TimeSpan moment, List<OutboxEntry> old)
    {
        while (_parts.TryPop(out var part))
        {
            var count = 0;
            while (count < part.Count && part[count].AcceptedAt < moment)
                count++;
            old.AddRange(part[..count]);
            if (count == part.Count)
                continue;
            _parts.Push(part[count..]);
            return;
        }
    }

    private OutboxEntry TakeFromParts()
    {
        var part = _parts.Pop();
        if (part.Count > 1)
            _parts.Push(part[1..]);
        return part[0];
    }

    private OutboxEntry TakeWaiting()
    {
        _inFlush = Math.Max(0, _inFlush - 1);
        return _waiting.Dequeue();
    }

    private OutboxEntry[] Release()
    {
        var batch = Current!;
        Current = null;
        batch.Body.Release();
        return batch.Entries;
    }

    private void Leave(OutboxEntry entry)
    {
        // After a burst the queue does not keep the room that it took.
        if (--Count == 0 && _waiting.EnsureCapacity(0) > KeptCapacity)
            _waiting.TrimExcess();
        budget.GiveBack(OutboxBudget.CostOf(entry.Event));
    }

    private int CountOfNext(BatchLimits limits, out bool isFull)
    {
        var (count, length) = (0, BatchEncoding.FrameLength);
        isFull = false;
        foreach (var entry in _waiting)
        {
            if (count == _inFlush || count == limits.MaxEvents)
                break;
            length += BatchEncoding.LengthOf(entry.Event) + (count > 0 ? BatchEncoding.SeparatorLength : 0);
            isFull = count > 0 && length > limits.MaxBytes;
            if (isFull)
                break;
            count++;
        }

        return count;
    }
}
