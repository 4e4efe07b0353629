using ActorWebhooks.Configuration;

namespace ActorWebhooks.Outbox;

/// <summary>
/// Where a webhook's accepted, undelivered events are. It lives outside the actor that works on it, so that a restart of the
/// actor finds everything as it was.
/// </summary>
internal sealed class MemoryOutbox(OutboxBudget budget)
{
    private readonly Queue<WebhookEvent> _waiting = new();

    // How many of the waiting events belong to the flush under way; what comes later gathers for the next window.
    private int _inFlush;

    /// <summary>The batch that is being sent or waits for its next attempt.</summary>
    public Batch? Current { get; private set; }

    public ThrottleWindow Window { get; private set; }

    /// <summary>Accepted and not delivered, with those of the current batch.</summary>
    public int Count => _waiting.Count + (Current?.Events.Length ?? 0);

    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Whether the flush under way has more to send after the current batch.</summary>
    public bool IsFlushing => _inFlush > 0;

    /// <summary>Takes an event whose cost the sender has taken from the budget.</summary>
    public void Add(WebhookEvent e) => _waiting.Enqueue(e);

    /// <summary>Everything that waits now is to be sent, batch after batch.</summary>
    public void StartFlush(long timestamp)
    {
        Window = new ThrottleWindow(timestamp);
        _inFlush = _waiting.Count;
    }

    /// <summary>Cuts the next batch of the flush from the head of the queue.</summary>
    public Batch CutBatch(BatchLimits limits)
    {
        var (count, length) = Measure(limits);
        var events = new WebhookEvent[count];
        var cost = 0L;
        for (var i = 0; i < count; i++)
        {
            events[i] = _waiting.Dequeue();
            cost += OutboxBudget.CostOf(events[i]);
        }

        _inFlush -= count;
        Current = new Batch(Guid.CreateVersion7().ToString("N"), events, BatchEncoding.Encode(events, length), cost);
        return Current;
    }

    /// <summary>The current batch has come to its end.</summary>
    public void Complete()
    {
        if (Current is not { } batch)
            return;
        Current = null;
        batch.Body.Release();
        budget.GiveBack(batch.Cost);
    }

    /// <summary>Gives up everything.</summary>
    /// <returns>How many events that were.</returns>
    public int Abandon()
    {
        var count = Count;
        Complete();
        foreach (var e in _waiting)
            budget.GiveBack(OutboxBudget.CostOf(e));
        _waiting.Clear();
        _inFlush = 0;
        return count;
    }

    private (int Count, int Length) Measure(BatchLimits limits)
    {
        var (count, length) = (0, BatchEncoding.FrameLength);
        foreach (var e in _waiting)
        {
            if (count == _inFlush || count == limits.MaxEvents)
                break;
            var longer = length + BatchEncoding.LengthOf(e) + (count > 0 ? BatchEncoding.SeparatorLength : 0);
            if (count > 0 && longer > limits.MaxBytes)
                break;
            (count, length) = (count + 1, longer);
        }

        return (count, length);
    }
}
