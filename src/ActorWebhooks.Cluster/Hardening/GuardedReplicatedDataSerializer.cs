using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.DistributedData.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// Replaces the data serializer of Akka.DistributedData. That one looks up every type that a message names. This one reads a message only if all
/// types that it names belong to assemblies with a bound message.
/// </summary>
internal sealed class GuardedReplicatedDataSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 11, inner => new ReplicatedDataSerializer(inner))
{
    private readonly Lazy<ReplicatedTypes> _types = new(() => ReplicatedTypes.Of(system.Settings.Config));

    protected override string? FaultOf(byte[] bytes, string manifest)
    {
        if (ReplicatedDataShape.IsCompressed(manifest) && Inflation.FaultOf(bytes, out bytes) is { } fault)
            return fault;
        return ReplicatedDataShape.FaultOf(bytes, manifest, _types.Value.IsKnown);
    }
}
