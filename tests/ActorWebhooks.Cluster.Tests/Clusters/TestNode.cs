using System.Collections.Immutable;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Tests.Clusters;

/// <summary>A node of a <see cref="TestCluster"/>.</summary>
internal sealed class TestNode(ActorSystem system, IActorRef router)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public ActorSystem System => system;

    public IActorRef Router => router;

    public IWebhookPublisher Publisher { get; } = Webhooks.CreatePublisher(router);

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(system);

    public Address Address => Cluster.SelfAddress;

    /// <summary>Goes in order, as at Ctrl-C.</summary>
    public Task LeaveAsync() => CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);

    /// <summary>Dies without a word to the others.</summary>
    public Task CrashAsync() => system.Terminate();

    /// <summary>What the node's router answers.</summary>
    public Task<T> AskAsync<T>(object message) => router.Ask<T>(message, Patience);

    /// <summary>What a webhook answers to a command that comes from this node.</summary>
    public Task<T> AskAsync<T>(string webhookId, IWebhookCommand command) => AskAsync<T>(new ToWebhook(webhookId, command));

    public Task<PublishReceipt> PublishAsync(string type, string id) => Publisher.PublishAsync(WebhookEvent.Create(type, new { }, id));

    /// <summary>Reads the webhook file again.</summary>
    public async Task ReloadAsync() => Assert.Empty((await AskAsync<WebhooksReloaded>(ReloadWebhooks.Instance)).Errors);

    /// <summary>The warnings, which the status has too.</summary>
    public async Task<ImmutableArray<string>> WarningsAsync() => (await AskAsync<NodeWarnings>(new GetWarnings())).Warnings;

    /// <summary>The webhooks that live on this node, which is one that hosts them.</summary>
    public async Task<ImmutableHashSet<string>> LivingAsync()
    {
        var region = ClusterSharding.Get(system).ShardRegion(ShardedWebhooks.TypeName);
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Patience);
        return [.. state.Shards.SelectMany(shard => shard.EntityIds)];
    }
}
