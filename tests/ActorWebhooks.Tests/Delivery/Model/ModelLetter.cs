using ActorWebhooks.DeadLetters;

namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>A dead letter as the model sees it.</summary>
internal sealed record ModelLetter(WebhookEvent Event, DeadLetterReason Reason, int? Status, string Response)
{
    /// <summary>What it would take in the outbox.</summary>
    public long EventCost => new ModelItem(Event, default).Cost;

    public long Cost => 256 + Event.Data.Length + (2 * Response.Length);
}
