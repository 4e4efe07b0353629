using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Configuration;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Hosting;
using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Cluster.Telemetry;
using ActorWebhooks.Hosting;
using ActorWebhooks.Journal;
using ActorWebhooks.Readiness;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;

namespace ActorWebhooks;

/// <summary>Starts webhooks that live in a cluster, without Akka.Hosting.</summary>
public static class ShardedWebhooks
{
    // How much of the time before Akka's resolver decides a link has to be bad.
    private const double ShareOfDecision = 0.4;

    /// <summary>The name of the shard region.</summary>
    public const string TypeName = "webhooks";

    /// <summary>
    /// What the configuration of an actor system has to have, under its own settings, before the system is created: sharding, what becomes of
    /// lost nodes, frames that are large enough. <c>WithShardedWebhooks</c> brings it by itself.
    /// </summary>
    public static Config Profile => ClusterProfile.Config;

    /// <summary>Starts a router on this node and, if the node hosts webhooks, its part of them.</summary>
    /// <param name="system">A member of the cluster, or one that will be.</param>
    /// <param name="options">What the webhooks are.</param>
    /// <returns>The router. It takes <see cref="WebhookEvent"/> and <see cref="WebhookEvents"/> from now on.</returns>
    /// <exception cref="InvalidOperationException">There is a router in the actor system already.</exception>
    /// <exception cref="WebhookConfigurationException">The options or the webhooks have errors; all are listed, nothing was started.</exception>
    public static IActorRef Start(ActorSystem system, ShardedWebhooksOptions options)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(options);
        var (node, settings, lease) = ClusterNode.Prepare(system, options);
        var hosts = new Hosts(Akka.Cluster.Cluster.Get(system), settings.Role);
        var metrics = new HopMetrics(node.Services.Metrics);
        system.RegisterOnTermination(metrics.Dispose);

        var extractor = new WebhookExtractor(settings.Shards);
        var hosted = hosts.IsSelf ? CreateHosted(system, node, settings, metrics, hosts) : null;
        var region = hosted is null ? null : StartRegion(system, settings, hosted);
        var proxy = ClusterSharding.Get(system).StartProxy(TypeName, settings.Role.Length == 0 ? null! : settings.Role, extractor);
        var drift = hosted is null ? null : new ConfigurationDrift(settings.DriftPatience, node.Services.Time, SoftwareVersion.Own);
        var router = node.Start(new HopWebhooks(
            proxy, hosted, drift, node.Settings.Outbox, settings.Hop, node.Services, metrics, system.Log));

        system.ActorOf(ActorFactory.Props(() => new CoordinatorActor(proxy, ReadinessCondition.CoordinatorOfProxy)), "webhooks-coordinator-of-proxy");
        var membership = system.ActorOf(ActorFactory.Props(() => new MembershipActor(router, hosts)), MembershipActor.Name);
        if (hosted is not null)
        {
            hosted.Router = router;
            var time = node.Services.Time;
            system.ActorOf(ActorFactory.Props(() => new LeaseActor(lease, hosts, time, () => hosted.Live)), LeaseActor.Name);
            system.ActorOf(ActorFactory.Props(() => new CoordinatorActor(region!, ReadinessCondition.Coordinator)), "webhooks-coordinator");
            system.ActorOf(ActorFactory.Props(() => new ConfigurationWatch(drift!, hosts)), ConfigurationWatch.Name);
            if (hosted.Factory.IsDurable)
                hosted.Waker = system.ActorOf(ActorFactory.Props(() => new WakerActor(hosted, hosts, proxy)), "webhooks-waker");
        }

        var nodeSharding = new NodeSharding(system, region, proxy);
        if (TakeOverTime.Of(system.Settings.Config).Decision is var decision && decision > TimeSpan.Zero)
        {
            // The end that stops is out before Akka's resolver of any node decides, even when they see the bad link a second apart.
            var patience = decision * ShareOfDecision;
            system.ActorOf(ActorFactory.Props(() => new LinkActor(patience, nodeSharding.StopRegionAsync)), LinkActor.Name);
        }

        new NodeShutdown(system, node, router, nodeSharding, membership, hosted, hosts).Register();
        return router;
    }

    private static HostedWebhooks CreateHosted(
        ActorSystem system, WebhooksNode node, ClusterSettings settings, HopMetrics metrics, Hosts hosts)
    {
        var factory = new LiveWebhookFactory(
            node.Settings.Outbox, node.Settings.DeadLetters, node.Settings.Journal?.Limits, node.Services, system.Log);
        var times = new EntityTimes(settings.PassivateAfter, settings.HandOver, node.Settings.DrainTimeout);
        var hosted = new HostedWebhooks(factory, node.Services, metrics, times, hosts);
        hosted.Configure(node.Definitions.Where(definition => definition.Enable).ToDictionary(definition => definition.Id, StringComparer.Ordinal));
        if (JournalPlugin.OpeningOf(system, node.Settings.Journal) is { } journal)
        {
            hosted.Journal = ((ExtendedActorSystem)system).SystemActorOf(
                ActorFactory.Props(() => new JournalActor(
                    journal.Open, journal.Timeout, new JournalWatch(node.Services.Time, node.Services.Random))),
                "webhooks-journal");
        }

        return hosted;
    }

    private static IActorRef StartRegion(ActorSystem system, ClusterSettings settings, HostedWebhooks hosted)
    {
        var sharding = ClusterSharding.Get(system);
        var regionSettings = RegionSettings.Create(system, settings);
        return sharding.Start(
            TypeName,
            id => hosted.Knows(id) ? EntityProps(new EntityState(id, hosted)) : UnknownProps(id, hosted),
            regionSettings,
            new HostExtractor(settings.Shards, hosted),
            sharding.DefaultShardAllocationStrategy(regionSettings),
            StopEntity.Instance);
    }

    private static Props UnknownProps(string id, HostedWebhooks hosted)
    {
        var entity = hosted.Services.Random.NextInt64();
        var isStarted = id != HostExtractor.Unknown;
        return ActorFactory.Props(() => new UnknownWebhookActor(hosted, entity, isStarted));
    }

    private static Props EntityProps(EntityState state) => ActorFactory.Props(() => new WebhookEntity(state));
}
