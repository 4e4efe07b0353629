using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Tests.Clusters;
using ActorWebhooks.Cluster.Tests.Port;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>A peer that speaks the language of the nodes, and does not keep to what they say.</summary>
public sealed class RogueMemberTests : IAsyncLifetime
{
    private static readonly string Wire = $$"""
        akka.actor {
          serializers.forged = "{{typeof(ForgedMessageSerializer).AssemblyQualifiedName}}"
          serialization-bindings."{{typeof(ForgedMessage).AssemblyQualifiedName}}" = forged
          serializers.actor-webhooks-wire = "ActorWebhooks.Cluster.Wire.WireSerializer, ActorWebhooks.Cluster"
          serialization-bindings."ActorWebhooks.Cluster.Wire.IWireMessage, ActorWebhooks.Cluster" = actor-webhooks-wire
          serialization-identifiers."ActorWebhooks.Cluster.Wire.WireSerializer, ActorWebhooks.Cluster" = 1742302
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PortNode _rogue = PortNode.Start(hocon: Wire);
    private TestCluster _cluster = null!;
    private TestNode _node = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        _node = await _cluster.StartAsync(_cluster.Toml(["audit"]));
        Assert.True((await _node.PublishAsync("all.test", "1")).IsAccepted);
    }

    public async Task DisposeAsync()
    {
        await _rogue.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Ids_that_nobody_configured_are_answered_and_make_no_actors()
    {
        const int ids = 100_000;
        const int atOnce = 1_000;
        var region = await ResolveAsync("/system/sharding/webhooks");

        for (var i = 0; i < ids; i += atOnce)
        {
            var answers = Enumerable.Range(i, atOnce).Select(id => region.Ask<WebhookAwake>(new WakeWebhook($"invented-{id}"), Patience));
            Assert.All((await Task.WhenAll(answers)).Index(), answer => Assert.Equal($"invented-{i + answer.Index}", answer.Item.WebhookId));
        }

        Assert.InRange(await EntitiesAsync(), 1, 101);
        Assert.Contains("audit", await _node.LivingAsync());
    }

    [Fact]
    public async Task Entity_that_a_peer_starts_by_an_id_that_nobody_configured_goes_again()
    {
        var region = await ResolveAsync("/system/sharding/webhooks");

        for (var i = 0; i < 100; i++)
        {
            region.Tell(Forged(new ShardRegion.StartEntity($"invented-{i}")));
            // The shard has seen to it by then.
            await region.Ask<WebhookAwake>(new WakeWebhook($"invented-{i}"), Patience);
        }

        await Eventually.True(async () => !(await _node.LivingAsync()).Any(id => id.StartsWith("invented", StringComparison.Ordinal)));
    }

    // As the serializers of a node write it.
    private ForgedMessage Forged(object message)
    {
        var serializer = _node.System.Serialization.FindSerializerFor(message);
        return new(serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, message), serializer.ToBinary(message));
    }

    private Task<IActorRef> ResolveAsync(string path) => _rogue.System.ActorSelection($"{_node.Address}{path}").ResolveOne(Patience);

    private async Task<int> EntitiesAsync()
    {
        var region = ClusterSharding.Get(_node.System).ShardRegion(ShardedWebhooks.TypeName);
        return (await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Patience)).Shards.Sum(shard => shard.EntityIds.Count);
    }
}
