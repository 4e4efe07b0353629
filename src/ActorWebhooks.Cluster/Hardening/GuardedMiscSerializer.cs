using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Remote.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// Akka.Remote's serializer of small messages, which reads only those that a cluster needs: not the ones that stop an actor (PoisonPill, Kill),
/// not a failure, whose exception is of any type that the sender names, not routers or settings.
/// </summary>
internal sealed class GuardedMiscSerializer(ExtendedActorSystem system)
    : GuardedManifestSerializer(system, 16, inner => new MiscMessageSerializer(inner))
{
    // Identify and its answer, an actor's reference, and the heartbeats of death watch.
    protected override string? FaultOf(byte[] bytes, string manifest) =>
        manifest is "ID" or "AID" or "AR" or "RWHB" or "RWHR" ? null : "Messages that stop actors, failures and routers are not taken from other nodes.";
}
