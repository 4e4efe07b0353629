using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal.Rows;

/// <summary>Between the monotonic clock of one process, which ages are reckoned by, and the time of day, which other processes understand.</summary>
internal readonly struct WallClock(TimeProvider time)
{
    private readonly long _zero = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)time.Now().TotalMilliseconds;

    /// <returns>Milliseconds since 1970.</returns>
    public long At(TimeSpan moment) => _zero + (long)moment.TotalMilliseconds;

    public TimeSpan MomentOf(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds - _zero);
}
