using ActorWebhooks.Ownership;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>
/// The lease of a node of a cluster. The node holds it for some time after the majority last counted it as a member, which is less time than
/// the cluster needs to start the webhooks of a lost node elsewhere. Both the monotonic clock and the time of day must agree. In a suspended
/// virtual machine both may stand still: then the lease ends too late, and only the fence in the journal protects.
/// </summary>
internal sealed class ClusterLease(TimeSpan duration, TimeProvider time) : INodeLease
{
    // Of the time in which a take-over cannot happen: the other half is for clocks, timers and news that are late.
    private const int PartOfTakeOver = 2;

    // Both parts of a cluster may see the loss at different moments.
    private const double PartOfDecision = 0.8;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private (long Timestamp, DateTimeOffset Utc)? _confirmed;

    public TimeSpan Duration => duration;

    public LeaseState State
    {
        get
        {
            (long Timestamp, DateTimeOffset Utc)? confirmed;
            lock (_lock)
                confirmed = _confirmed;
            return confirmed is var (timestamp, utc) && time.GetElapsedTime(timestamp) <= duration && time.GetUtcNow() - utc <= duration
                ? LeaseState.Held
                : LeaseState.Expired;
        }
    }

    /// <summary>How long a lease holds where the earliest take-over is so far away.</summary>
    public static TimeSpan DurationFor(TakeOverTime takeOver)
    {
        var duration = takeOver.Earliest / PartOfTakeOver;
        if (duration > takeOver.Decision * PartOfDecision)
            duration = takeOver.Decision * PartOfDecision;
        return duration < Shortest ? Shortest : duration;
    }

    /// <summary>The majority has answered what was asked at this moment.</summary>
    public void Confirm(long timestamp, DateTimeOffset utc)
    {
        lock (_lock)
        {
            if (_confirmed is null || timestamp > _confirmed.Value.Timestamp)
                _confirmed = (timestamp, utc);
        }
    }
}
