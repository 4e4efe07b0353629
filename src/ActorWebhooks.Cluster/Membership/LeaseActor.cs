using ActorWebhooks.Actors;
using ActorWebhooks.Delivery;
using ActorWebhooks.Ownership;
using ActorWebhooks.Readiness;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>
/// Keeps the lease of a node: asks the other nodes that host webhooks again and again whether they count it as a member, and answers theirs.
/// When the lease expires, the webhooks of the node break off what they send.
/// </summary>
/// <param name="live">The entities that run on the node.</param>
internal sealed class LeaseActor(ClusterLease lease, Hosts hosts, TimeProvider time, Func<IEnumerable<IActorRef>> live) : RestingActor
{
    public const string Name = "webhooks-lease";

    private const string NotConfirmed = "The majority of the cluster has not confirmed this node lately, so its webhooks send nothing.";
    private const int RoundsOfLease = 5;

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly NodeReadiness _readiness = NodeReadiness.Get(Context.System);
    private readonly LeaseRounds _rounds = new(time);
    private bool _isHeld;

    private static ILoggingAdapter Log => Context.GetLogger();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LeaseRequest request when hosts.CanConfirm(Sender.Path.Address, request.Uid):
                Sender.Tell(new LeaseGrant(request.Round));
                break;
            case LeaseGrant grant:
                Confirm(_rounds.Grant(grant.Round, Sender.Path.Address));
                break;
            case Tick or ClusterEvent.IMemberEvent:
                Look();
                break;
        }
    }

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.MemberUp),
            typeof(ClusterEvent.MemberRemoved));
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, lease.Duration / RoundsOfLease);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Look()
    {
        if (hosts.SeesMajority)
            Ask();
        if (!_isHeld || lease.State == LeaseState.Held)
            return;
        _isHeld = false;
        _readiness.Set(ReadinessCondition.Ownership, NotConfirmed);
        Log.Warning(
            "This node has not heard from the majority of its cluster for {0:0.#} s, and other nodes may take its webhooks over: they send nothing until it has",
            lease.Duration.TotalSeconds);
        foreach (var entity in live())
            entity.Tell(new LeaseExpired());
    }

    private void Ask()
    {
        var others = hosts.OtherVoters();
        var (number, confirmed) = _rounds.Begin(others);
        Confirm(confirmed);
        foreach (var node in others)
            Context.ActorSelection(new RootActorPath(node) / "user" / Name).Tell(new LeaseRequest(number, _cluster.SelfUniqueAddress.Uid));
    }

    private void Confirm((long Timestamp, DateTimeOffset Utc)? moment)
    {
        if (moment is not var (timestamp, utc))
            return;
        lease.Confirm(timestamp, utc);
        if (_isHeld || lease.State != LeaseState.Held)
            return;
        _isHeld = true;
        _readiness.Clear(ReadinessCondition.Ownership);
        Log.Info("The majority of the cluster counts this node as a member: its webhooks may send");
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
