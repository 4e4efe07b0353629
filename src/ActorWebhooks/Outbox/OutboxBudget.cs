namespace ActorWebhooks.Outbox;

/// <summary>
/// How many bytes of undelivered events there may be: of one webhook, and above it of the node. Taken by the sender before it
/// enqueues, so that mailboxes count as memory; given back when the event has come to its end.
/// </summary>
internal sealed class OutboxBudget(long maxBytes, RefusalReason whenFull, OutboxBudget? node = null)
{
    // What an event takes besides its data: the object, its id, the headers of its arrays, its place in the queue.
    private const int Overhead = 256;

    private long _used;

    public long UsedBytes => Interlocked.Read(ref _used);

    public bool IsOver => UsedBytes > maxBytes;

    public bool IsHalfEmpty => UsedBytes <= maxBytes / 2 && node is not { IsHalfEmpty: false };

    public static long CostOf(WebhookEvent e) => e.Data.Length + Overhead;

    /// <summary>Takes the bytes, or takes nothing and returns the reason.</summary>
    public RefusalReason? TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) > maxBytes)
        {
            Interlocked.Add(ref _used, -bytes);
            return whenFull;
        }

        var refusal = node?.TryTake(bytes);
        if (refusal is not null)
            Interlocked.Add(ref _used, -bytes);
        return refusal;
    }

    /// <summary>
    /// The same for a lossy webhook, which gives up older events for newer ones: beyond its own bound too, as long as what is on its way
    /// to it stays bounded.
    /// </summary>
    public RefusalReason? TryTakeLossy(long bytes)
    {
        var refusal = node?.TryTake(bytes);
        if (refusal is null && Interlocked.Add(ref _used, bytes) > 2 * maxBytes)
        {
            GiveBack(bytes);
            return whenFull;
        }

        return refusal;
    }

    public void GiveBack(long bytes)
    {
        Interlocked.Add(ref _used, -bytes);
        node?.GiveBack(bytes);
    }
}
