using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Hosting;
using ActorWebhooks.Routing;
using Akka;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>
/// How a node leaves, before Akka's own part of it: it refuses new events, its webhooks move to other nodes, and what it has sent to webhooks
/// is held where they live then.
/// </summary>
/// <param name="region">Where webhooks live on this node; null when none do.</param>
internal sealed class NodeShutdown(
    ActorSystem system, WebhooksNode node, IActorRef router, IActorRef? region, HostedWebhooks? hosted, Hosts hosts)
{
    // A phase that overruns is reported as a fault.
    private static readonly TimeSpan TimeToSpare = TimeSpan.FromMilliseconds(200);

    public void Register() => CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "drain-webhooks", async () =>
    {
        if (CoordinatedShutdown.Get(system).ShutdownReason is CoordinatedShutdown.ClusterDowningReason)
        {
            // The others go on without this node, and soon have its webhooks; nothing more must be sent from here.
            if (region is not null)
                system.Stop(region);
            return Done.Instance;
        }

        using var patience = new CancellationTokenSource(Patience());
        try
        {
            await LeaveAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What is left is counted and logged when its actors stop.
        }

        return Done.Instance;
    });

    private async Task LeaveAsync(CancellationToken patience)
    {
        node.Logic.Close();
        if (region is not null && hosts.Others().Any())
        {
            var isGone = region.WatchAsync(patience);
            region.Tell(GracefulShutdown.Instance);
            await isGone.ConfigureAwait(false);
            await SettleAsync(patience).ConfigureAwait(false);
            return;
        }

        await SettleAsync(patience).ConfigureAwait(false);
        if (hosted is not null)
            await Task.WhenAll(hosted.Live.Select(entity => entity.Ask<EntityDrained>(DrainEntity.Instance, patience))).ConfigureAwait(false);
    }

    private Task<WebhooksDrained> SettleAsync(CancellationToken patience) => router.Ask<WebhooksDrained>(new DrainWebhooks(), patience);

    private TimeSpan Patience() => CoordinatedShutdown.Get(system).Timeout(CoordinatedShutdown.PhaseServiceRequestsDone) - TimeToSpare;
}
