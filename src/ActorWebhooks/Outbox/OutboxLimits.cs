namespace ActorWebhooks.Outbox;

/// <summary>How many bytes of undelivered events there may be in memory.</summary>
/// <param name="MaxBytes">For one webhook.</param>
/// <param name="MaxNodeBytes">For all webhooks of the node.</param>
internal sealed record OutboxLimits(long MaxBytes, long MaxNodeBytes);
