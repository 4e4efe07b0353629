using ActorWebhooks.Cluster.Hosting;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.DistributedData;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>An actor system that writes what it likes, and a node that reads it.</summary>
public sealed class ForgedInput : IAsyncLifetime
{
    private const string Quiet = """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.log-serializer-override-on-start = off
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """;

    internal ExtendedActorSystem Rogue { get; } = (ExtendedActorSystem)ActorSystem.Create("rogue", ConfigurationFactory.ParseString($$"""
        {{Quiet}}
        akka.actor.serializers.forged = "{{typeof(ForgedMessageSerializer).AssemblyQualifiedName}}"
        akka.actor.serialization-bindings."{{typeof(ForgedMessage).AssemblyQualifiedName}}" = forged
        """).WithFallback(PartsOfAkka));

    internal ExtendedActorSystem Node { get; } = (ExtendedActorSystem)ActorSystem.Create(
        "node", ConfigurationFactory.ParseString(Quiet).WithFallback(ClusterProfile.Config).WithFallback(PartsOfAkka));

    private static Config PartsOfAkka => ClusterSharding.DefaultConfig()
        .WithFallback(DistributedPubSub.DefaultConfig())
        .WithFallback(ClusterClientReceptionist.DefaultConfig())
        .WithFallback(DistributedData.DefaultConfig());

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Rogue.Terminate();
        await Node.Terminate();
    }
}
