namespace ActorWebhooks;

/// <summary>An event that was not taken.</summary>
/// <param name="WebhookId">The webhook that would have had it; null when it was refused for all.</param>
/// <param name="EventId">The event.</param>
/// <param name="Reason">Why.</param>
public sealed record PublishRefusal(string? WebhookId, string EventId, RefusalReason Reason);
