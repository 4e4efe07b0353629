using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// Akka.Remote's serializer of small messages, which reads only those that a cluster needs: not the ones that stop an actor (PoisonPill, Kill),
/// not a failure, whose exception is of any type that the sender names, not routers or settings.
/// </summary>
internal sealed class GuardedMiscSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private readonly MiscMessageSerializer _inner = new(system);

    public override int Identifier => 16;

    public override string Manifest(object o) => _inner.Manifest(o);

    public override byte[] ToBinary(object obj) => _inner.ToBinary(obj);

    public override object FromBinary(byte[] bytes, string manifest)
    {
        // Identify and its answer, an actor's reference, and the heartbeats of death watch.
        if (manifest is not ("ID" or "AID" or "AR" or "RWHB" or "RWHR") || !NestedMessages.TryEnter())
            return new RefusedPayload(Identifier);
        try
        {
            return _inner.FromBinary(bytes, manifest);
        }
        finally
        {
            NestedMessages.Leave();
        }
    }
}
