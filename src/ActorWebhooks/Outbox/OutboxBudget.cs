namespace ActorWebhooks.Outbox;

/// <summary>
/// How many bytes of undelivered events one webhook may hold, within what its node may. Taken by the sender before it enqueues, so that
/// mailboxes count as memory; given back when the event has come to its end.
/// </summary>
internal sealed class OutboxBudget(long maxBytes, NodeBudget? node = null)
{
    /// <summary>What an event takes besides its bytes: its slot, and its share of pages that are not full.</summary>
    public const int Overhead = 256;

    private long _usedBytes;
    private long _usedEvents;
    private volatile EndpointStanding _standing;

    public long UsedBytes => Interlocked.Read(ref _usedBytes);

    /// <summary>How many events took the bytes.</summary>
    public long UsedEvents => Interlocked.Read(ref _usedEvents);

    public EndpointStanding Standing
    {
        get => _standing;
        set => _standing = value;
    }

    /// <summary>Whether a lossy webhook has to give up older events.</summary>
    public bool IsOver => UsedBytes > LossyBytes;

    /// <summary>Whether it is over by so much that giving up older events pays for the call.</summary>
    public bool IsFarOver => LossyBytes is var most && UsedBytes > most + (most / 8);

    // As with its own bound, it may take twice as much, so that there is room for newer events while older ones are given up.
    private long LossyBytes => node is null ? maxBytes : Math.Min(maxBytes, node.LimitOf(_standing) / 2);

    public static long CostOf(WebhookEvent e) => CostOf(1, e.Encoded.Length);

    /// <param name="bytes">Of the events as they are sent, without the commas between them.</param>
    public static long CostOf(int events, long bytes) => (events * (long)Overhead) + bytes;

    /// <summary>Takes what events cost, or takes nothing and returns the reason.</summary>
    public RefusalReason? TryTake(long bytes, int events = 1) => TryTake(bytes, events, maxBytes);

    /// <summary>
    /// The same for a lossy webhook, which gives up older events for newer ones: beyond its own bound too, as long as what is on its way
    /// to it stays bounded.
    /// </summary>
    public RefusalReason? TryTakeLossy(long bytes, int events = 1) => TryTake(bytes, events, 2 * maxBytes);

    /// <summary>Takes it in any case, for events that were accepted before and have to be in memory to be sent.</summary>
    public void Take(long bytes, int events)
    {
        if (Interlocked.Add(ref _usedBytes, bytes) == bytes)
            node?.Join();
        Interlocked.Add(ref _usedEvents, events);
        node?.Take(bytes);
    }

    public void GiveBack(long bytes, int events = 1)
    {
        Interlocked.Add(ref _usedEvents, -events);
        node?.GiveBack(bytes);
        GiveBackOwn(bytes);
    }

    private RefusalReason? TryTake(long bytes, int events, long max)
    {
        long used;
        do
        {
            used = Volatile.Read(ref _usedBytes);
            if (used + bytes > max)
                return RefusalReason.OutboxFull;
        }
        while (Interlocked.CompareExchange(ref _usedBytes, used + bytes, used) != used);

        if (node is not null)
        {
            if (used == 0)
                node.Join();
            if (!node.TryTake(bytes, used + bytes, _standing))
            {
                GiveBackOwn(bytes);
                return RefusalReason.NodeFull;
            }
        }

        Interlocked.Add(ref _usedEvents, events);
        return null;
    }

    private void GiveBackOwn(long bytes)
    {
        if (Interlocked.Add(ref _usedBytes, -bytes) == 0)
            node?.Leave();
    }
}
