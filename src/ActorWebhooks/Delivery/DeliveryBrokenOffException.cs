namespace ActorWebhooks.Delivery;

/// <summary>Other webhooks need the connection of an attempt. Fails the <see cref="DeliveryActor"/>, for its parent to decide.</summary>
internal sealed class DeliveryBrokenOffException() : Exception("The attempt was broken off, as others waited for its connection.");
