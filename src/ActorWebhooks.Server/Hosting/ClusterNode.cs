using ActorWebhooks.Cluster.Port;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;

namespace ActorWebhooks.Server.Hosting;

/// <summary>The engine as a node of a cluster.</summary>
internal static class ClusterNode
{
    /// <summary>The name that the nodes of one cluster share.</summary>
    public const string SystemName = "webhooks";

    /// <summary>
    /// Longer than all phases of Akka's coordinated shutdown together (90 s), each of which goes on when its own time is over: a node that is
    /// broken off before it has left is waited for by the others.
    /// </summary>
    public static TimeSpan TimeToLeave { get; } = TimeSpan.FromSeconds(95);

    public static AkkaConfigurationBuilder WithCluster(this AkkaConfigurationBuilder akka, ClusterSettings cluster) => akka
        // WithClustering puts Akka's defaults of sharding after what is there already.
        .AddHocon(ShardedWebhooks.Profile, HoconAddMode.Append)

        // Nothing is sent that a serializer was not written for; what comes in is the matter of WithWebhooksHardening.
        .WithStrictSerialization()
        .WithRemoting(cluster.Self.Host, cluster.Self.Port)
        .WithClusterPort(cluster.Tls)
        .WithClustering(new ClusterOptions { SeedNodes = [.. cluster.Seeds.Select(seed => $"{ClusterProtocol.Of(cluster.Tls)}://{SystemName}@{seed}")] })
        .AddStartup((system, _) => BeginWithoutSeeds(Akka.Cluster.Cluster.Get(system)));

    /// <summary>With the real port, and the seeds that the user's HOCON names if the command line names none.</summary>
    public static ClusterSettings SettingsOf(ActorSystem system)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        return new(Of(cluster.SelfAddress), [.. cluster.Settings.SeedNodes.Select(Of)]);
    }

    /// <summary>Why the node has stopped though nobody stopped it; null when somebody did.</summary>
    public static string? FaultOf(ActorSystem system) =>
        CoordinatedShutdown.Get(system).ShutdownReason is CoordinatedShutdown.ClusterDowningReason
            ? "The node has stopped because it lost sight of the cluster, which starts its webhooks on other nodes. Start it again."
            : null;

    // The port is known only now, so it cannot stand among the seeds.
    private static void BeginWithoutSeeds(Akka.Cluster.Cluster cluster)
    {
        if (cluster.Settings.SeedNodes.IsEmpty)
            cluster.Join(cluster.SelfAddress);
    }

    private static NodeAddress Of(Address address) => new(address.Host, address.Port ?? 0);
}
