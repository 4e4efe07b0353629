namespace ActorWebhooks.Outbox;

/// <summary>
/// The monotonic clock, as it is good enough for the age of an event: a few milliseconds late, for a tenth of the price of an exact
/// reading, which would be a tenth of what it costs to take an event in.
/// </summary>
internal sealed class AcceptanceClock(TimeProvider time)
{
    private readonly TimeSpan? _ticksBegan = time == TimeProvider.System ? time.Now() - Ticks() : null;

    public TimeSpan Now() => _ticksBegan is { } began ? began + Ticks() : time.Now();

    private static TimeSpan Ticks() => new(Environment.TickCount64 * TimeSpan.TicksPerMillisecond);
}
