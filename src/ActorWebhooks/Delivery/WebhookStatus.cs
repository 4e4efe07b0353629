using System.Collections.Immutable;
using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using Akka.Actor;

namespace ActorWebhooks.Delivery;

/// <summary>What a webhook is doing, and what became of its events.</summary>
internal sealed record WebhookStatus(
    WebhookDefinition Definition,
    WebhookState State,
    long Accepted,
    long Delivered,
    int Waiting,
    int Dead,
    ImmutableDictionary<DropReason, long> Dropped,
    int Failures,
    Attempt? LastAttempt,
    DateTimeOffset? NextAttemptAt) : INoSerializationVerificationNeeded
{
    public string WebhookId => Definition.Id;
}
