using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// Akka.Remote's serializer of system messages, which reads only those of death watch. The others come from the parent of an actor, which is
/// on another node only with remote deployment; some carry an exception of any type that the sender names.
/// </summary>
internal sealed class GuardedSystemMessageSerializer(ExtendedActorSystem system) : Serializer(system)
{
    private readonly SystemMessageSerializer _inner = new(system);

    public override int Identifier => 22;

    public override bool IncludeManifest => true;

    public override byte[] ToBinary(object obj) => _inner.ToBinary(obj);

    public override object FromBinary(byte[] bytes, Type? type) =>
        type == typeof(Watch) || type == typeof(Unwatch) || type == typeof(DeathWatchNotification)
            ? _inner.FromBinary(bytes, type)
            : new RefusedPayload(Identifier);
}
