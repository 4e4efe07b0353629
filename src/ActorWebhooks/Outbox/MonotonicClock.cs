namespace ActorWebhooks.Outbox;

/// <summary>The clock that never jumps, as a time span since some moment that means nothing.</summary>
internal static class MonotonicClock
{
    public static TimeSpan Now(this TimeProvider time) => time.GetElapsedTime(0);
}
