using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.DistributedData.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// In the place of the serializer of data of Akka.DistributedData, which looks up whatever type of elements, keys or values is named. It reads
/// what names only types of the assemblies that this actor system has messages of.
/// </summary>
internal sealed class GuardedReplicatedDataSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 11, inner => new ReplicatedDataSerializer(inner))
{
    private readonly Lazy<ReplicatedTypes> _types = new(() => ReplicatedTypes.Of(system.Settings.Config));

    protected override string? FaultOf(byte[] bytes, string manifest)
    {
        if (ReplicatedDataShape.IsCompressed(manifest) && !Inflation.TryInflate(bytes, out bytes))
            return Inflation.TooLarge;
        return ReplicatedDataShape.AreAllTypes(bytes, manifest, _types.Value.IsKnown)
            ? null
            : "It names a type of an assembly without a message in akka.actor.serialization-bindings.";
    }
}
