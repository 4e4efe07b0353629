using System.Collections.Immutable;
using Akka.Actor;

namespace ActorWebhooks.Publishing;

/// <summary>Events on their way to the router together with the receipt that somebody waits for.</summary>
internal sealed record Publication(ImmutableArray<WebhookEvent> Events, Receipt Receipt) : INoSerializationVerificationNeeded;
