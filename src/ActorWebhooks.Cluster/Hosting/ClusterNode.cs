using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Cluster.Port;
using ActorWebhooks.Cluster.Tls;
using ActorWebhooks.Hosting;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>What a node of a cluster starts with, checked.</summary>
internal static class ClusterNode
{
    /// <returns>The node, its settings, and its lease, which is still to be asked for.</returns>
    /// <exception cref="WebhookConfigurationException">Every setting and every webhook that is not right, at once.</exception>
    public static (WebhooksNode Node, ClusterSettings Settings, ClusterLease Lease) Prepare(ActorSystem system, ShardedWebhooksOptions options)
    {
        var errors = new List<string>();
        var isClustered = ((ExtendedActorSystem)system).Provider is ClusterActorRefProvider;
        if (isClustered)
        {
            // Sharding brings its defaults; those below go over them.
            ClusterSharding.Get(system);
        }
        else
        {
            errors.Add($"akka.actor.provider = {system.Settings.ProviderClass}: webhooks in a cluster need clustering; "
                + "use WithClustering of Akka.Cluster.Hosting, or set akka.actor.provider = cluster.");
        }

        system.Settings.InjectTopLevelFallback(ClusterProfile.Config);
        system.Settings.InjectTopLevelFallback(Webhooks.ReferenceConfig());
        var config = system.Settings.Config;
        var settings = ClusterSettings.Create(config, options, errors);
        var lease = new ClusterLease(ClusterLease.DurationFor(isClustered ? TakeOverTime.Of(config) : new TakeOverTime(default, default, default)), options.Time);
        WebhooksNode? node = null;
        try
        {
            node = WebhooksNode.Prepare(system, options, lease);
        }
        catch (WebhookConfigurationException e)
        {
            errors.AddRange(e.Errors);
        }

        if (isClustered && system.Settings.Setup.Get<ClusterTlsSetup>() is { HasValue: true, Value.Tls: var tls }
            && Akka.Cluster.Cluster.Get(system).SelfAddress.Protocol is var protocol && protocol != ClusterProtocol.Of(tls))
        {
            errors.Add($"This node has certificates for the port of its cluster, and its address begins with {protocol}: accepted is {ClusterProtocol.Of(tls)}. "
                + "Leave akka.remote.enabled-transports and akka.remote.dot-netty.tcp.transport-class as they are.");
        }

        // What is wrong with these themselves has been told.
        var reader = new SettingsReader(config.GetConfig(WebhooksSettings.Section), []);
        settings.CheckFrames(config, WebhooksSettings.MaxEventBytes(reader, options), errors);
        if (isClustered && settings.IsHost(system) && JournalSettings.Create(reader, options) is { } journal)
            errors.AddRange(SharedJournal.FaultsOf(system, journal));
        return errors.Count == 0 ? (node!, settings, lease) : throw new WebhookConfigurationException(errors);
    }
}
