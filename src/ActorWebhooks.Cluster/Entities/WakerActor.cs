using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Membership;
using Akka.Actor;
using Akka.Cluster;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>
/// Sees to it that durable webhooks live for which events wait in the journal: those that leave this node, and, on the one node that does it
/// for all, every webhook whenever nodes come or go. What nobody answers is asked again.
/// </summary>
/// <param name="region">What finds webhooks.</param>
internal sealed class WakerActor(HostedWebhooks hosted, Hosts hosts, IActorRef region) : RestingActor
{
    // Each that wakes reads the journal.
    private const int MaxAtOnce = 500;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    // Nobody may have been there to say that a webhook is needed.
    private static readonly TimeSpan WakeAllEvery = TimeSpan.FromMinutes(5);

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly HashSet<string> _asleep = new(StringComparer.Ordinal);

    private bool _isToWakeAll = true;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WakeWebhook wake when hosted.Knows(wake.WebhookId):
                _asleep.Add(wake.WebhookId);
                Ask([wake.WebhookId]);
                break;
            case WebhookAwake awake:
                if (_asleep.Remove(awake.WebhookId) && _asleep.Count > 0 && _asleep.Count % MaxAtOnce == 0)
                    Ask(_asleep.Take(MaxAtOnce));
                break;
            case AskAgain:
                Look();
                break;
            case ClusterEvent.IMemberEvent or ClusterEvent.LeaderChanged or ClusterEvent.RoleLeaderChanged or DefinitionsChanged or WakeAll:
                _isToWakeAll = true;
                break;
        }
    }

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.MemberUp),
            typeof(ClusterEvent.MemberExited),
            typeof(ClusterEvent.MemberRemoved),
            typeof(ClusterEvent.LeaderChanged),
            typeof(ClusterEvent.RoleLeaderChanged));
        Timers.StartPeriodicTimer(nameof(AskAgain), AskAgain.Instance, AskAgainAfter);
        Timers.StartPeriodicTimer(nameof(WakeAll), WakeAll.Instance, WakeAllEvery);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    // Who is not the leader may become it before he has heard of that.
    private void Look()
    {
        if (_isToWakeAll && hosts.IsLeader)
        {
            _asleep.UnionWith(hosted.Definitions.Keys);
            _isToWakeAll = false;
        }

        _asleep.RemoveWhere(id => !hosted.Definitions.ContainsKey(id));
        Ask(_asleep.Take(MaxAtOnce));
    }

    private void Ask(IEnumerable<string> ids)
    {
        foreach (var id in ids)
            region.Tell(new WakeWebhook(id));
    }

    private sealed class AskAgain
    {
        public static readonly AskAgain Instance = new();
    }

    private sealed class WakeAll
    {
        public static readonly WakeAll Instance = new();
    }
}
