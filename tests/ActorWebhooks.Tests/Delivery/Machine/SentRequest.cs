using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Delivery.Machine;

/// <summary>A request as the endpoint saw it.</summary>
internal sealed record SentRequest(Batch Batch, TimeSpan At, string[] Ids, string Body, AttemptOutcome? Outcome = null)
{
    public string BatchId => Batch.Id;
}
