using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Cluster;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>Tells the couriers of the node at once when a node is lost, so that they need not wait for what never comes.</summary>
internal sealed class MembershipActor(IActorRef router) : UntypedActor
{
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    protected override void OnReceive(object message)
    {
        if (message is ClusterEvent.MemberRemoved removed)
            router.Tell(new TellWebhooks(new HostGone(removed.Member.Address)));
    }

    protected override void PreStart() =>
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

    protected override void PostStop() => _cluster.Unsubscribe(Self);
}
