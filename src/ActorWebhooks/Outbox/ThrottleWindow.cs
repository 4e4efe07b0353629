namespace ActorWebhooks.Outbox;

/// <summary>The shortest time between the starts of two flushes of one webhook.</summary>
/// <param name="LastFlushStart">Timestamp of the <see cref="TimeProvider"/>; null before the first flush.</param>
internal readonly record struct ThrottleWindow(long? LastFlushStart)
{
    /// <summary>How long to gather until the next flush may start; zero when it may start now.</summary>
    public TimeSpan Remaining(TimeSpan throttle, TimeProvider time)
    {
        if (LastFlushStart is not { } start)
            return TimeSpan.Zero;
        var remaining = throttle - time.GetElapsedTime(start);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
