using ActorWebhooks.Configuration;

namespace ActorWebhooks.Delivery;

/// <summary>
/// How often a webhook flushes and makes requests: each at the earliest a whole interval after the one before it has begun. So nothing is saved
/// up: after a quiet time there is one request, and then again one in each interval.
/// </summary>
/// <param name="LatestFlush">When the latest flush began, on the monotonic clock; null when there was none.</param>
/// <param name="LatestAttempt">The same of the latest request.</param>
internal readonly record struct Pace(TimeSpan? LatestFlush, TimeSpan? LatestAttempt)
{
    /// <summary>Of a webhook whose former owner may have done both just now.</summary>
    public static Pace From(TimeSpan now) => new(now, now);

    public TimeSpan NextFlush(TimeSpan throttle) => LatestFlush is { } latest ? latest + throttle : TimeSpan.MinValue;

    public TimeSpan NextAttempt(RequestRate? rate) => (LatestAttempt, rate) is ({ } latest, { } limit) ? latest + limit.Interval : TimeSpan.MinValue;
}
