using Akka.Actor;

namespace ActorWebhooks.Publishing;

/// <summary>An event on its way to one webhook, with the receipt that wants to know whether it got there.</summary>
internal sealed record Offer(WebhookEvent Event, Receipt Receipt) : INoSerializationVerificationNeeded;
