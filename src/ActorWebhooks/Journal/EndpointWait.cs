namespace ActorWebhooks.Journal;

/// <summary>How long an endpoint is left alone, on the monotonic clock of this process.</summary>
/// <param name="Failures">Failed attempts since the last success.</param>
/// <param name="RetryAt">When the next attempt may be made; zero when at once.</param>
/// <param name="LatestAttempt">When the latest attempt began; null when nobody has to know.</param>
internal readonly record struct EndpointWait(int Failures, TimeSpan RetryAt, TimeSpan? LatestAttempt);
