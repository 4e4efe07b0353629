using Akka.Configuration;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>The settings of <c>hocon/cluster.conf</c>.</summary>
internal static class ClusterProfile
{
    public static Config Config { get; } =
        ConfigurationFactory.FromResource("ActorWebhooks.Cluster.cluster.conf", typeof(ClusterProfile).Assembly);
}
