using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Wire;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Cluster;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>
/// Tells the couriers of the node at once when a node is lost, so that they need not wait for what never comes, and hears which nodes stop, and when nothing more comes from them.
/// </summary>
internal sealed class MembershipActor(IActorRef router, Hosts hosts) : RestingActor
{
    public const string Name = "webhooks-membership";

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.MemberRemoved removed:
                hosts.Forget(removed.Member.Address);
                router.Tell(new TellWebhooks(new HostGone(removed.Member.Address)));
                break;
            case NodeStopping when hosts.IsMember(Sender.Path.Address):
                hosts.Stops(Sender.Path.Address);
                break;
            case NodeSettled when hosts.IsMember(Sender.Path.Address):
                hosts.Settles(Sender.Path.Address);
                break;
            case TellOthers tell:
                // Those that stop too wait to hear this.
                foreach (var node in hosts.OthersUp())
                    Context.ActorSelection(new RootActorPath(node) / "user" / Name).Tell(tell.Message);
                break;
        }
    }

    protected override void PreStart() =>
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <summary>The other hosts are to know something of this node.</summary>
    public sealed class TellOthers : INoSerializationVerificationNeeded
    {
        public static readonly TellOthers Stopping = new(NodeStopping.Instance);
        public static readonly TellOthers Settled = new(NodeSettled.Instance);

        private TellOthers(IWireMessage message) => Message = message;

        public IWireMessage Message { get; }
    }
}
