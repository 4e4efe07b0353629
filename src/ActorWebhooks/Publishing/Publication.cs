using System.Collections.Immutable;
using Akka.Actor;

namespace ActorWebhooks.Publishing;

/// <summary>Events on their way to the router together with the receipt that somebody waits for.</summary>
/// <param name="events">In the order in which they go out.</param>
/// <param name="cancellation">Cancelled when nobody waits any more: events that have not been routed then are not.</param>
internal sealed class Publication(ImmutableArray<WebhookEvent> events, Receipt receipt, CancellationToken cancellation) : INoSerializationVerificationNeeded
{
    public ImmutableArray<WebhookEvent> Events => events;

    public Receipt Receipt => receipt;

    public bool IsCancelled => cancellation.IsCancellationRequested;
}
