using System.Collections.Immutable;
using Akka.Actor;

namespace ActorWebhooks.Publishing;

/// <summary>Events on their way to the router together with the receipt that somebody waits for.</summary>
internal sealed class Publication(ImmutableArray<WebhookEvent> events, Receipt receipt) : INoSerializationVerificationNeeded
{
    public ImmutableArray<WebhookEvent> Events => events;

    public Receipt Receipt => receipt;
}
