using ActorWebhooks.Hosting;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>What a node of a cluster starts with, checked.</summary>
internal static class ClusterNode
{
    /// <exception cref="WebhookConfigurationException">Every setting and every webhook that is not right, at once.</exception>
    public static (WebhooksNode Node, ClusterSettings Settings) Prepare(ActorSystem system, ShardedWebhooksOptions options)
    {
        if (((ExtendedActorSystem)system).Provider is not ClusterActorRefProvider)
        {
            throw new WebhookConfigurationException(
            [
                $"akka.actor.provider = {system.Settings.ProviderClass}: webhooks in a cluster need clustering; "
                    + "use WithClustering of Akka.Cluster.Hosting, or set akka.actor.provider = cluster.",
            ]);
        }

        // Sharding brings its defaults; these go over them.
        ClusterSharding.Get(system);
        system.Settings.InjectTopLevelFallback(ClusterProfile.Config);
        system.Settings.InjectTopLevelFallback(Webhooks.ReferenceConfig());
        var config = system.Settings.Config;
        var errors = new List<string>();
        var settings = ClusterSettings.Create(config, options, errors);
        WebhooksNode? node = null;
        try
        {
            node = WebhooksNode.Prepare(system, options);
            settings.CheckFrames(config, node.Settings.Routing.MaxEventBytes, errors);
            if (node.Settings.Journal is { } journal && SharedJournal.FaultOf(config, journal) is { } fault)
                errors.Add(fault);
        }
        catch (WebhookConfigurationException e)
        {
            errors.AddRange(e.Errors);
        }

        return errors.Count == 0 ? (node!, settings) : throw new WebhookConfigurationException(errors);
    }
}
