namespace ActorWebhooks.Delivery.NameResolution;

/// <summary>The bounds of name resolution on one node.</summary>
/// <param name="MaxThreads">The most lookups under way at once; each takes one thread.</param>
/// <param name="AnswerLifetime">How long an answer is used. The system's resolver does not tell the TTL.</param>
/// <param name="StaleLifetime">How old an answer may be that is used because no newer one can be had.</param>
internal sealed record NameResolutionSettings(int MaxThreads, TimeSpan AnswerLifetime, TimeSpan StaleLifetime)
{
    public const int MinThreads = 8;

    public static NameResolutionSettings Default { get; } = new(64, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));

    /// <summary>Names that are remembered or waited for. One more than that replaces the one that was not used for the longest time.</summary>
    public int MaxNames { get; init; } = 16_384;

    /// <summary>How long it is remembered that a name does not exist: long enough that many webhooks of one host ask once.</summary>
    public TimeSpan NotFoundLifetime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it is remembered that a lookup failed in another way.</summary>
    public TimeSpan FailureLifetime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A lookup that takes longer is slow: its callers get an older answer if there is one, and if it fails the name is a suspect.
    /// </summary>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A thread without work ends after this time.</summary>
    public TimeSpan ThreadIdleTime { get; init; } = TimeSpan.FromSeconds(10);
}
