using ActorWebhooks.Events;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>Events go from node to node as they are sent to the endpoint, so with the milliseconds of their time and no more.</summary>
internal static class EventCodec
{
    /// <exception cref="InvalidDataException">It is not an event.</exception>
    public static WebhookEvent Read(ReadOnlySpan<byte> encoded) =>
        EventEncoding.IsEvent(encoded) ? WebhookEvent.Decode(encoded) : throw WireReader.Fault("an event is not what an event looks like");
}
