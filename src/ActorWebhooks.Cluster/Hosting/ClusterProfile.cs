using Akka.Configuration;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>The settings of <c>hocon/cluster.conf</c>.</summary>
internal static class ClusterProfile
{
    public static Config Config { get; } =
        ConfigurationFactory.FromResource("ActorWebhooks.Cluster.cluster.conf", typeof(ClusterProfile).Assembly);

    /// <summary>Those of Akka, some of which it reads as the actor system starts.</summary>
    public static Config OfAkka => Config.GetValue("akka").AtKey("akka");

    /// <summary>Those that go over the defaults of parts of Akka, which are in the settings of an application that uses them.</summary>
    public static Config OverParts
    {
        get
        {
            var serializers = Config.GetConfig("akka.actor.serializers");
            var lines = Parts.Select(name => $"akka.actor.serializers.{name} = \"{serializers.GetString(name)}\"");
            return ConfigurationFactory.ParseString(string.Join('\n', lines));
        }
    }

    private static string[] Parts { get; } =
        ["akka-sharding", "akka-singleton", "akka-data-replication", "akka-replicated-data", "akka-pubsub", "akka-cluster-client"];
}
