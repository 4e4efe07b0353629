using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Membership;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace ActorWebhooks.Cluster.Configuration;

/// <summary>Tells the other nodes that host webhooks which configuration and software this one has, hears theirs, and says when they differ.</summary>
internal sealed class ConfigurationWatch(ConfigurationDrift drift, Hosts hosts) : RestingActor
{
    public const string Name = "webhooks-configuration";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ConfigurationReport report when hosts.IsMember(Sender.Path.Address):
                drift.Hear(Sender.Path.Address, report);
                break;
            case ClusterEvent.MemberRemoved removed:
                drift.Forget(removed.Member.Address);
                Look();
                break;
            case Tick:
                foreach (var node in hosts.Others())
                    Context.ActorSelection(new RootActorPath(node) / "user" / Name).Tell(drift.Own);
                Look();
                break;
        }
    }

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberRemoved));
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, Interval);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Look()
    {
        if (!drift.Look())
            return;
        if (drift.Warnings.IsEmpty)
            Context.GetLogger().Info("All nodes have the same configuration of webhooks, and the same version, again");
        foreach (var warning in drift.Warnings)
            Context.GetLogger().Warning("{0}", warning);
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }
}
