using ActorWebhooks.Publishing;

namespace ActorWebhooks.Outbox;

/// <summary>Somebody waits to hear that an event is safe.</summary>
/// <param name="Ordinal">Which event of the intake it is, counted from 0.</param>
internal readonly record struct HeldReceipt(long Ordinal, Receipt Receipt, WebhookEvent Event);
