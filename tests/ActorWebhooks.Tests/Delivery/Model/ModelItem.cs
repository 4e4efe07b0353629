using ActorWebhooks.DeadLetters;
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

    public int Length => BatchEncoding.LengthOf(Event);
}

/// <summary>A dead letter as the model sees it.</summary>
internal sealed record ModelLetter(WebhookEvent Event, DeadLetterReason Reason, int? Status, string Response)
{
    public long Cost => 256 + Event.Data.Length + (2 * Response.Length);
}

/// <summary>What the model says is to be done: these events under this batch number, a wait, or nothing.</summary>
internal readonly record struct ModelStep(int Batch, string[]? Send, TimeSpan? Wait);
