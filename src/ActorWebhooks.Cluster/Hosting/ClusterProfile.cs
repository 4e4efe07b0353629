using Akka.Configuration;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>The settings of <c>hocon/cluster.conf</c>.</summary>
internal static class ClusterProfile
{
    public static Config Config { get; } =
        ConfigurationFactory.FromResource("ActorWebhooks.Cluster.cluster.conf", typeof(ClusterProfile).Assembly);

    /// <summary>Those of Akka, some of which it reads as the actor system starts.</summary>
    public static Config OfAkka => Config.GetValue("akka").AtKey("akka");
}
