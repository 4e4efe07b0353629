using System.Collections.Immutable;

namespace ActorWebhooks.Publishing;

/// <summary>
/// Gathers what the webhooks say of published events, and completes with the last of them. Whoever hands an event on calls
/// <see cref="Expect"/> before it and exactly one of <see cref="Accept"/> and <see cref="Refuse"/> comes after; the one who
/// opened the receipt calls <see cref="Close"/> when everything has been handed on.
/// </summary>
internal sealed class Receipt
{
    /// <summary>So many are told one by one.</summary>
    public const int MostRefusals = 10_000;

    private readonly TaskCompletionSource<PublishReceipt> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private List<PublishRefusal>? _refusals;
    private HashSet<string>? _refusedIds;
    private int _reasons;
    private int _open = 1;
    private int _accepted;

    public Task<PublishReceipt> Task => _completion.Task;

    public void Expect() => Interlocked.Increment(ref _open);

    public void Accept()
    {
        Interlocked.Increment(ref _accepted);
        Close();
    }

    public void Refuse(string? webhookId, WebhookEvent e, RefusalReason reason)
    {
        lock (_gate)
        {
            if (IsToBeTold(e.Id, reason))
                (_refusals ??= []).Add(new PublishRefusal(webhookId, e.Id, reason));
        }

        Close();
    }

    // 100,000 events that each of a thousand webhooks refuses would take gigabytes.
    private bool IsToBeTold(string eventId, RefusalReason reason)
    {
        var isNewReason = (_reasons & (1 << (int)reason)) == 0;
        _reasons |= 1 << (int)reason;
        if (_refusals is null || _refusals.Count < MostRefusals)
            return true;
        _refusedIds ??= _refusals.Select(refusal => refusal.EventId).ToHashSet(StringComparer.Ordinal);
        return _refusedIds.Add(eventId) || isNewReason;
    }

    /// <summary>Completes at once. Some of the events may have been taken, but it is not known any more which.</summary>
    public void Abandon(ImmutableArray<WebhookEvent> events, RefusalReason reason) =>
        _completion.TrySetResult(new PublishReceipt(0, [.. events.Select(e => new PublishRefusal(null, e.Id, reason))]));

    public void Close()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _completion.TrySetResult(new PublishReceipt(_accepted, (IReadOnlyList<PublishRefusal>?)_refusals ?? []));
    }
}
