namespace ActorWebhooks.Outbox;

/// <summary>
/// How many bytes of undelivered events there may be: of one webhook, and above it of the node. Taken by the sender before it
/// enqueues, so that mailboxes count as memory; given back when the event has come to its end.
/// </summary>
internal sealed class OutboxBudget(long maxBytes, RefusalReason whenFull, OutboxBudget? node = null)
{
    /// <summary>What an event takes besides its bytes: its slot, and its share of pages that are not full.</summary>
    public const int Overhead = 256;

    private long _usedBytes;
    private long _usedEvents;

    public long UsedBytes => Interlocked.Read(ref _usedBytes);

    /// <summary>How many events took the bytes.</summary>
    public long UsedEvents => Interlocked.Read(ref _usedEvents);

    public bool IsOver => UsedBytes > maxBytes;

    /// <summary>Whether it is over by so much that giving up older events pays for the call.</summary>
    public bool IsFarOver => UsedBytes > maxBytes + (maxBytes / 8);

    public bool IsOverHalf => UsedBytes > maxBytes / 2;

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
    public void Take(long bytes, int events) => GiveBack(-bytes, -events);

    public void GiveBack(long bytes, int events = 1)
    {
        Interlocked.Add(ref _usedBytes, -bytes);
        Interlocked.Add(ref _usedEvents, -events);
        node?.GiveBack(bytes, events);
    }

    private RefusalReason? TryTake(long bytes, int events, long max)
    {
        long used;
        do
        {
            used = Volatile.Read(ref _usedBytes);
            if (used + bytes > max)
                return whenFull;
        }
        while (Interlocked.CompareExchange(ref _usedBytes, used + bytes, used) != used);

        if (node?.TryTake(bytes, events) is { } refusal)
        {
            Interlocked.Add(ref _usedBytes, -bytes);
            return refusal;
        }

        Interlocked.Add(ref _usedEvents, events);
        return null;
    }
}
