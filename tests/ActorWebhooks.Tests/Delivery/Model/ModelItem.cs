using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>An accepted event as the model sees it.</summary>
/// <param name="AcceptedAt">When it was accepted, or replayed.</param>
/// <param name="Flush">The flush that it belongs to; 0 while it gathers.</param>
/// <param name="Part">The piece of a broken batch that it belongs to; 0 when it was in none.</param>
internal sealed record ModelItem(WebhookEvent Event, TimeSpan AcceptedAt, int Flush = 0, int Part = 0)
{
    public string Id => Event.Id;

    public long Cost => OutboxBudget.CostOf(Event);

    public int Length => Event.Encoded.Length;
}
