using ActorWebhooks.Actors;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>
/// Looks for a <see cref="BadLink"/> between two other nodes, and tells the one that has to stop. Stops the webhooks of this node, and then the
/// node, when it is told so. A node only ever puts itself out, so wrong advice cannot make two clusters of one.
/// </summary>
/// <param name="patience">How long the link has to be bad, from when this node hears of it. Less than Akka's resolver waits.</param>
/// <param name="stopWebhooks">Completes when no webhook of this node sends any more.</param>
internal sealed class LinkActor(TimeSpan patience, Func<Task> stopWebhooks) : RestingActor
{
    public const string Name = "webhooks-links";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private (UniqueAddress Stops, UniqueAddress Stays)? _bad;
    private bool _isStopping;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.IReachabilityEvent or ClusterEvent.IMemberEvent or Look:
                LookAtLinks();
                break;
            case IsStillBad still when still.Link == _bad:
                Tell(still.Link.Stops, still.Link.Stays);
                Timers.StartSingleTimer(nameof(IsStillBad), still, TellAgainAfter);
                break;
            case StepAside aside when !_isStopping && IsCutOffFrom(aside.Other):
                _isStopping = true;
                _log.Warning(
                    "This node and {0} do not reach each other, but {1} reaches both. This node stops, as it is the younger of the two. "
                        + "Start it again when the network is in order.",
                    aside.Other,
                    Sender.Path.Address);
                stopWebhooks().PipeTo(Self, success: () => WebhooksStopped.Instance, failure: _ => WebhooksStopped.Instance);
                break;
            case WebhooksStopped:
                _cluster.Down(_cluster.SelfAddress);
                break;
        }
    }

    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self,
            ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IReachabilityEvent),
            typeof(ClusterEvent.IMemberEvent));
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    // Whether this node hears another is not an event, so it looks again while there is anything to see.
    private void LookAtLinks()
    {
        Member[] unreachable = [.. _cluster.State.Unreachable];
        var bad = BadLink.Of(unreachable, IsHeard, (one, other) => one.IsOlderThan(other));
        var found = bad is { Stops.Status: not MemberStatus.Down } link ? (link.Stops.UniqueAddress, link.Stays.UniqueAddress) : default((UniqueAddress, UniqueAddress)?);
        if (unreachable.Length > 0)
            Timers.StartSingleTimer(nameof(Look), Look.Instance, LookEvery);
        if (found == _bad)
            return;
        _bad = found;
        if (_bad is { } now)
            Timers.StartSingleTimer(nameof(IsStillBad), new IsStillBad(now), patience);
        else
            Timers.Cancel(nameof(IsStillBad));
    }

    private bool IsHeard(Member member) =>
        _cluster.FailureDetector.IsMonitoring(member.Address) && _cluster.FailureDetector.IsAvailable(member.Address);

    private void Tell(UniqueAddress stops, UniqueAddress stays)
    {
        _log.Warning("{0} and {1} do not reach each other, but this node reaches both. {0} is told to stop, as it is the younger of the two.", stops.Address, stays.Address);
        Context.ActorSelection(new RootActorPath(stops.Address) / "user" / Name).Tell(new StepAside(stays.Address.ToString()));
    }

    private bool IsCutOffFrom(string other) =>
        _cluster.State.Unreachable.Any(member => member.Address.ToString() == other && !IsHeard(member));

    private sealed record IsStillBad((UniqueAddress Stops, UniqueAddress Stays) Link);

    private sealed class Look
    {
        public static readonly Look Instance = new();
    }

    private sealed class WebhooksStopped
    {
        public static readonly WebhooksStopped Instance = new();
    }
}
