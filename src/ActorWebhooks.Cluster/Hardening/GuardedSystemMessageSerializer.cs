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
    system, 22, new SystemMessageSerializer(system), typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification))
{
    // Another node could otherwise report the death of an actor of this node, or make an actor of this node watch another one.
    protected override string? FaultOf(object message) => IsTaken(message) ? null : "Another node has no say in what actors of this one watch.";

    // An actor of another node watches one of this node, or not any more, or has come to its end itself.
    private static bool IsTaken(object message) => message switch
    {
        Watch watch => IsHere(watch.Watchee) && !IsHere(watch.Watcher),
        Unwatch unwatch => IsHere(unwatch.Watchee) && !IsHere(unwatch.Watcher),
        DeathWatchNotification death => !IsHere(death.Actor) && !death.AddressTerminated,
        _ => false,
    };

    private static bool IsHere(IActorRef actor) => actor is IInternalActorRef { IsLocal: true };
}
