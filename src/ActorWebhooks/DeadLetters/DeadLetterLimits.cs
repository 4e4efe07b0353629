namespace ActorWebhooks.DeadLetters;

/// <summary>How many dead letters of one webhook are kept.</summary>
internal sealed record DeadLetterLimits(int MaxEvents, long MaxBytes);
