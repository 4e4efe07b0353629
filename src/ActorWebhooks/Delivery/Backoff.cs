using ActorWebhooks.Configuration;

namespace ActorWebhooks.Delivery;

/// <summary>
/// Exponential backoff with full jitter: a uniformly random part of min(max, initial × 2^failures), see
/// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
/// </summary>
internal static class Backoff
{
    /// <param name="failures">Failed attempts of the batch so far, at least 1.</param>
    public static TimeSpan Delay(RetryDelays delays, int failures, Random random) => Ceiling(delays, failures) * random.NextDouble();

    /// <summary>The longest that the delay can be.</summary>
    public static TimeSpan Ceiling(RetryDelays delays, int failures)
    {
        var ceiling = delays.Initial;
        for (var i = 1; i < failures && ceiling < delays.Max; i++)
            ceiling += ceiling;
        return ceiling < delays.Max ? ceiling : delays.Max;
    }
}
