namespace ActorWebhooks.DeadLetters;

/// <summary>How many dead letters of one webhook are kept, and for how long.</summary>
/// <param name="MaxEvents">In memory.</param>
/// <param name="MaxBytes">In memory.</param>
/// <param name="MaxDurableBytes">In the journal.</param>
internal sealed record DeadLetterLimits(int MaxEvents, long MaxBytes, long MaxDurableBytes, TimeSpan MaxAge);
