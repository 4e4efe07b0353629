namespace ActorWebhooks.Outbox;

/// <summary>An event in the outbox.</summary>
/// <param name="AcceptedAt">Reading of the monotonic clock; the age of an event counts from here, whenever the fact came about.</param>
internal readonly record struct OutboxEntry(WebhookEvent Event, TimeSpan AcceptedAt);
