namespace ActorWebhooks.Configuration;

/// <summary>The bounds of the exponential backoff.</summary>
/// <param name="Initial">The longest wait before the first retry; it doubles with every further one.</param>
/// <param name="Max">The longest wait of all.</param>
internal readonly record struct RetryDelays(TimeSpan Initial, TimeSpan Max);
