using ActorWebhooks.Configuration;

namespace ActorWebhooks.Delivery;

/// <summary>
/// Exponential backoff with full jitter: a uniformly random part of min(max, initial × 2^failures), see
/// https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
/// </summary>
internal static class Backoff
{
    private static readonly RetryDelays NodeTrouble = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    /// <param name="failures">Failed attempts of the batch so far, at least 1.</param>
    public static TimeSpan Delay(RetryDelays delays, int failures, Random random) => Ceiling(delays, failures) * random.NextDouble();

    /// <summary>What the node lacks may be there again soon; so half of min(5 s, 100 ms × 2^troubles), and a random part of the other half.</summary>
    /// <param name="troubles">In a row, at least 1.</param>
    public static TimeSpan AfterNodeTrouble(int troubles, Random random) => Ceiling(NodeTrouble, troubles) * (0.5 + (random.NextDouble() / 2));

    /// <summary>The longest that the delay can be.</summary>
    public static TimeSpan Ceiling(RetryDelays delays, int failures)
    {
        var ceiling = delays.Initial;
        for (var i = 1; i < failures && ceiling < delays.Max; i++)
            ceiling += ceiling;
        return ceiling < delays.Max ? ceiling : delays.Max;
    }
}
