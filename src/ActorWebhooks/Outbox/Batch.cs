namespace ActorWebhooks.Outbox;

/// <summary>The events of one HTTP request. A retry sends the same bytes under the same id.</summary>
/// <param name="Id">32 hexadecimal digits; no dots, as Standard Webhooks asks.</param>
/// <param name="Events">At least one, in order.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Cost">What the events took of the budget.</param>
internal sealed record Batch(string Id, WebhookEvent[] Events, BatchBody Body, long Cost);
