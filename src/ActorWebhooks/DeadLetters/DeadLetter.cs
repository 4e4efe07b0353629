namespace ActorWebhooks.DeadLetters;

/// <summary>An event given up on.</summary>
/// <param name="At">When.</param>
/// <param name="Status">The HTTP status of the last attempt that it had a part in; null when there was none.</param>
/// <param name="Response">The beginning of the response to that attempt, or what went wrong instead.</param>
internal sealed record DeadLetter(WebhookEvent Event, DeadLetterReason Reason, DateTimeOffset At, int? Status, string Response);
