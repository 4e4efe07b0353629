namespace ActorWebhooks.DeadLetters;

/// <summary>An event given up on.</summary>
/// <param name="At">When.</param>
/// <param name="Status">The HTTP status of the webhook's latest attempt, if that failed and there was a response; otherwise null.</param>
/// <param name="Response">The beginning of the response to that attempt, or what went wrong instead; empty if it did not fail.</param>
internal sealed record DeadLetter(WebhookEvent Event, DeadLetterReason Reason, DateTimeOffset At, int? Status, string Response);
