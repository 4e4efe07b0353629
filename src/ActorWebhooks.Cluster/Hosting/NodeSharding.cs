using Akka.Actor;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>The actors of Cluster Sharding on this node.</summary>
/// <param name="region">Where webhooks live on this node; null when none do.</param>
/// <param name="proxy">What finds webhooks.</param>
internal sealed class NodeSharding(ActorSystem system, IActorRef? region, IActorRef proxy)
{
    private const string CoordinatorPath = $"/system/sharding/{ShardedWebhooks.TypeName}Coordinator";

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(1);

    /// <summary>All webhooks of this node move to others.</summary>
    /// <returns>Completes when they have.</returns>
    public Task HandOffAsync(CancellationToken patience)
    {
        var isGone = region.WatchAsync(patience);
        region.Tell(GracefulShutdown.Instance);
        return isGone;
    }

    /// <summary>The webhooks that are still here stop sending at once.</summary>
    public void StopRegion()
    {
        if (region is not null)
            system.Stop(region);
    }

    /// <summary>The same, and waits until they have.</summary>
    public Task StopRegionAsync()
    {
        StopRegion();
        return IsGoneAsync(region);
    }

    /// <summary>
    /// Nothing is sent from here any more. Akka's own phase of the shutdown, which waits up to 9 s for a place for every message that is
    /// still kept, has nothing to wait for then.
    /// </summary>
    public async Task StopAsync()
    {
        StopRegion();
        system.Stop(proxy);
        await Task.WhenAll(IsGoneAsync(region), IsGoneAsync(proxy)).ConfigureAwait(false);
    }

    /// <summary>
    /// No other node takes the coordinator of the shards over. Otherwise Akka offers it for 10 s to a node that is leaving too.
    /// </summary>
    public void StopCoordinator() => system.ActorSelection(CoordinatorPath).Tell(PoisonPill.Instance);

    private static async Task IsGoneAsync(IActorRef? actor)
    {
        if (actor is null)
            return;
        using var patience = new CancellationTokenSource(TimeToStop);
        try
        {
            await actor.WatchAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever needs it goes on all the same.
        }
    }
}
