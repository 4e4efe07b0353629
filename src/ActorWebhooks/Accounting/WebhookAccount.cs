using System.Collections.Immutable;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Accounting;

/// <summary>
/// What became of the events that a webhook accepted. At every moment
/// accepted = delivered + waiting + dead + dropped, where waiting is what the outbox holds and dead what the dead letters hold.
/// </summary>
internal sealed class WebhookAccount(string webhookId, WebhookMetrics metrics)
{
    public long Accepted { get; private set; }

    public long Delivered { get; private set; }

    /// <summary>The reasons for which anything was dropped.</summary>
    public ImmutableDictionary<DropReason, long> Dropped { get; private set; } = ImmutableDictionary<DropReason, long>.Empty;

    /// <summary>Goes on from what an earlier process left. Whatever was counted before is forgotten.</summary>
    /// <param name="kept">How many events wait or are dead letters.</param>
    public void Restore(long delivered, ImmutableDictionary<DropReason, long> dropped, long kept) =>
        (Delivered, Dropped, Accepted) = (delivered, dropped, delivered + dropped.Values.Sum() + kept);

    public void Accept(int events) => Accepted += events;

    public void Refuse(RefusalReason reason) => metrics.Refused(webhookId, reason);

    public void Deliver(int events)
    {
        Delivered += events;
        metrics.Delivered(webhookId, events);
    }

    public void Bury(DeadLetterReason reason) => metrics.Dead(webhookId, reason.ToString());

    public void Drop(long events, DropReason reason)
    {
        if (events == 0)
            return;
        Dropped = Dropped.SetItem(reason, Dropped.GetValueOrDefault(reason) + events);
        metrics.Dropped(webhookId, events, reason.ToString());
    }
}
