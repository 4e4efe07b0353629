using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>
/// Akka.Remote's serializer of system messages, which reads only those of death watch. The others come from the parent of an actor, which is
/// on another node only with remote deployment; some carry an exception of any type that the sender names.
/// </summary>
internal sealed class GuardedSystemMessageSerializer(ExtendedActorSystem system) : GuardedSerializer(
    system, 22, new SystemMessageSerializer(system), typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification));
