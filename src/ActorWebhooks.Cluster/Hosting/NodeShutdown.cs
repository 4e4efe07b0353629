using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Hosting;
using ActorWebhooks.Routing;
using Akka;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Hosting;

/// <summary>
/// How a node leaves, before Akka's own part of it: it refuses new events, its webhooks move to other nodes, and what it has sent to webhooks
/// is held where they live then. When all nodes stop, each sends what it can within its drain deadline. It stays until the
/// others have settled, because a node that was told to stop earlier may have handed its webhooks over to it.
/// </summary>
internal sealed class NodeShutdown(
    ActorSystem system, WebhooksNode node, IActorRef router, NodeSharding sharding, IActorRef membership, HostedWebhooks? hosted, Hosts hosts)
{
    // A phase that overruns is reported as a fault.
    private static readonly TimeSpan TimeToSpare = TimeSpan.FromSeconds(1.5);

    // Nodes that are told to stop at the same time hear so of one another before they hand anything over. Meanwhile their webhooks go on.
    private static readonly TimeSpan TimeToHear = TimeSpan.FromSeconds(1);

    // Akka asks the coordinator something at the beginning of the phase.
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public void Register()
    {
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "drain-webhooks", StopAsync);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExiting, "stop-coordinator", StopCoordinatorAsync);
    }

    private bool IsNobodyLeft => !hosts.Others().Any();

    private async Task<Done> StopAsync()
    {
        if (CoordinatedShutdown.Get(system).ShutdownReason is CoordinatedShutdown.ClusterDowningReason)
        {
            // The others go on without this node, and soon have its webhooks; nothing more must be sent from here.
            sharding.StopRegion();
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

        await sharding.StopAsync().ConfigureAwait(false);
        return Done.Instance;
    }

    private async Task<Done> StopCoordinatorAsync()
    {
        await Task.Delay(TimeToAnswer).ConfigureAwait(false);
        if (IsNobodyLeft)
            sharding.StopCoordinator();
        return Done.Instance;
    }

    private async Task LeaveAsync(CancellationToken patience)
    {
        node.Logic.Close();
        membership.Tell(MembershipActor.TellOthers.Stopping);
        if (hosted is not null && hosts.MayHearMore)
            await Task.Delay(TimeToHear, patience).ConfigureAwait(false);

        if (hosted is not null && !await TryHandOffAsync(patience).ConfigureAwait(false))
            await StayAsync(hosted, patience).ConfigureAwait(false);
        else
            await SettleAsync(patience).ConfigureAwait(false);
    }

    /// <returns>False when there is nobody to hand over to, or not any more.</returns>
    private async Task<bool> TryHandOffAsync(CancellationToken patience)
    {
        if (IsNobodyLeft)
            return false;
        var isDone = sharding.HandOffAsync(patience);
        while (!isDone.IsCompleted)
        {
            // One that was told to stop meanwhile stays until it has heard that this node has settled.
            if (!hosts.OthersUp().Any())
                return false;
            await Task.WhenAny(isDone, Task.Delay(LookEvery, patience)).ConfigureAwait(false);
        }

        await isDone.ConfigureAwait(false);
        return true;
    }

    /// <summary>What is in the journal is sent after the next start; what is in memory alone is sent now.</summary>
    private async Task StayAsync(HostedWebhooks hosted, CancellationToken patience)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(patience);
        deadline.CancelAfter(node.Settings.DrainTimeout);
        hosted.DrainsAtStart = !hosted.Factory.IsDurable;
        var isDrained = DrainAsync(hosted, deadline.Token);
        await SettleAsync(deadline.Token).ConfigureAwait(false);
        while (hosts.IsAwaited)
            await Task.Delay(LookEvery, deadline.Token).ConfigureAwait(false);
        await isDrained.ConfigureAwait(false);

        // With what has come from the others.
        await DrainAsync(hosted, deadline.Token).ConfigureAwait(false);
        if (!hosted.Factory.IsDurable)
            return;

        // It would start them again.
        system.Stop(hosted.Waker);
        foreach (var entity in hosted.Live)
            entity.Tell(StopEntity.Instance);
        await Task.WhenAll(hosted.Live.Select(entity => entity.WatchAsync(deadline.Token))).ConfigureAwait(false);
    }

    private static Task DrainAsync(HostedWebhooks hosted, CancellationToken patience) => hosted.Factory.IsDurable
        ? Task.CompletedTask
        : Task.WhenAll(hosted.Live.Select(entity =>
            Task.WhenAny(entity.Ask<EntityDrained>(DrainEntity.Instance, patience), entity.WatchAsync(patience)).Unwrap()));

    private async Task SettleAsync(CancellationToken patience)
    {
        await router.Ask<WebhooksDrained>(new DrainWebhooks(), patience).ConfigureAwait(false);
        membership.Tell(MembershipActor.TellOthers.Settled);
    }

    private TimeSpan Patience() => CoordinatedShutdown.Get(system).Timeout(CoordinatedShutdown.PhaseServiceRequestsDone) - TimeToSpare;
}
