using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Cluster.Sharding.Serialization;
using Akka.Cluster.Tools.Client.Serialization;
using Akka.Cluster.Tools.PublishSubscribe.Serialization;
using Akka.DistributedData.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>In the place of Akka.Cluster's serializer, without the pools of routers, which are of whatever type is named in them.</summary>
internal sealed class GuardedClusterSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 5, inner => new ClusterMessageSerializer(inner))
{
    private const string RouterPool = "Akka.Cluster.Routing.ClusterRouterPool, Akka.Cluster";

    protected override string? FaultOf(byte[] bytes, string manifest) => manifest == RouterPool ? "Routers are not taken from other nodes." : null;
}

/// <summary>In the place of the serializer of publish-subscribe of Akka.Cluster.Tools.</summary>
internal sealed class GuardedPubSubSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 9, inner => new DistributedPubSubMessageSerializer(inner))
{
    protected override string? FaultOf(byte[] bytes, string manifest) => null;
}

/// <summary>In the place of the serializer of Akka.Cluster.Sharding.</summary>
internal sealed class GuardedShardingSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 13, inner => new ClusterShardingMessageSerializer(inner))
{
    protected override string? FaultOf(byte[] bytes, string manifest) => null;
}

/// <summary>In the place of the serializer of the cluster client of Akka.Cluster.Tools.</summary>
internal sealed class GuardedClientSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 15, inner => new ClusterClientMessageSerializer(inner))
{
    protected override string? FaultOf(byte[] bytes, string manifest) => null;
}

/// <summary>In the place of the serializer of what the replicators of Akka.DistributedData say to each other.</summary>
internal sealed class GuardedReplicatorSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 12, inner => new ReplicatorMessageSerializer(inner))
{
    private const string Gossip = "N";

    protected override string? FaultOf(byte[] bytes, string manifest)
    {
        if (manifest == Gossip && Inflation.FaultOf(bytes, out bytes) is { } fault)
            return fault;
        return ReplicatedDataShape.FaultOfMessage(bytes, manifest);
    }
}
