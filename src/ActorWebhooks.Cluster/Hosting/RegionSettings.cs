using Akka.Actor;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>
/// How Akka shards the webhooks. In code, as Akka.Hosting puts Akka's own defaults over what a library adds, and as the application may shard
/// other things in another way.
/// </summary>
internal static class RegionSettings
{
    // Akka stops an entity by force 5 s before its hand-off is over.
    private static readonly TimeSpan HandOffOverhead = TimeSpan.FromSeconds(15);

    // Akka's own is a tenth of the shards in use, which is one webhook at a time when there are few.
    private const double AnyPart = 1;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    public static ClusterShardingSettings Create(ActorSystem system, ClusterSettings settings)
    {
        var defaults = ClusterShardingSettings.Create(system);
        return defaults
            .WithRole(settings.Role.Length == 0 ? null! : settings.Role)
            .WithStateStoreMode(StateStoreMode.DData)
            .WithRememberEntities(false)
            .WithPassivateIdleAfter(TimeSpan.Zero)
            .WithTuningParameters(defaults.TuningParameters
                .WithHandOffTimeout(settings.HandOver + HandOffOverhead)
                .WithRetryInterval(RetryInterval)
                .WithLeastShardAllocationAbsoluteLimit(settings.RebalanceLimit)
                .WithLeastShardAllocationRelativeLimit(AnyPart));
    }
}
