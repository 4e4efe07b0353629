namespace ActorWebhooks.Outbox;

/// <summary>
/// How many bytes of undelivered events there may be: of one webhook, and above it of the node. Taken by the sender before it
/// enqueues, so that mailboxes count as memory; given back when the event has come to its end.
/// </summary>
internal sealed class OutboxBudget(long maxBytes, RefusalReason whenFull, OutboxBudget? node = null)
{
    /// <summary>What an event takes besides its texts and data: objects, headers of arrays, its place in the queue.</summary>
    public const int Overhead = 256;

    private long _usedBytes;
    private long _usedEvents;

    public long UsedBytes => Interlocked.Read(ref _usedBytes);

    /// <summary>How many events took the bytes.</summary>
    public long UsedEvents => Interlocked.Read(ref _usedEvents);

    public bool IsOver => UsedBytes > maxBytes;

    public static long CostOf(WebhookEvent e) => Overhead + e.Data.Length + (sizeof(char) * (e.Id.Length + e.Type.Length));

    /// <summary>Takes what an event costs, or takes nothing and returns the reason.</summary>
    public RefusalReason? TryTake(long bytes) => TryTake(bytes, maxBytes);

    /// <summary>
    /// The same for a lossy webhook, which gives up older events for newer ones: beyond its own bound too, as long as what is on its way
    /// to it stays bounded.
    /// </summary>
    public RefusalReason? TryTakeLossy(long bytes) => TryTake(bytes, 2 * maxBytes);

    public void GiveBack(long bytes)
    {
        Interlocked.Add(ref _usedBytes, -bytes);
        Interlocked.Decrement(ref _usedEvents);
        node?.GiveBack(bytes);
    }

    private RefusalReason? TryTake(long bytes, long max)
    {
        long used;
        do
        {
            used = Volatile.Read(ref _usedBytes);
            if (used + bytes > max)
                return whenFull;
        }
        while (Interlocked.CompareExchange(ref _usedBytes, used + bytes, used) != used);

        if (node?.TryTake(bytes) is { } refusal)
        {
            Interlocked.Add(ref _usedBytes, -bytes);
            return refusal;
        }

        Interlocked.Increment(ref _usedEvents);
        return null;
    }
}
