using System.Text;
using ActorWebhooks.Cluster.Configuration;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Tests.Clusters;
using ActorWebhooks.Cluster.Tests.Port;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Dispatch.SysMsg;

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

    private const string Impatient = "actor-webhooks.cluster.drift-patience = 1s";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PortNode _rogue = PortNode.Start(hocon: Wire);
    private TestCluster _cluster = null!;
    private TestNode _node = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.CreateAsync();
        _node = await _cluster.StartAsync(_cluster.Toml(["audit"]), Impatient);
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

    [Fact]
    public async Task Webhook_is_paused_by_the_message_of_the_administration_and_by_no_other_way_to_its_actors()
    {
        var region = await ResolveAsync("/system/sharding/webhooks");
        var pause = new CommandForWebhook("audit", new PauseWebhook());
        IActorRef[] actors =
        [
            await ResolveAsync("/system/sharding/webhooks/*/audit/webhook"),
            await ResolveAsync("/user/webhooks"),
            await ResolveAsync("/user/webhooks/audit"),
        ];

        foreach (var actor in actors)
        {
            actor.Tell(pause);
            foreach (var serializer in (int[])[0, 1, 2, 4, 16, 1_742_302])
                actor.Tell(new ForgedMessage(serializer, $"{typeof(PauseWebhook).FullName}, {typeof(PauseWebhook).Assembly.GetName().Name}", "{}"u8.ToArray()));
            await actor.Ask<ActorIdentity>(new Identify(null), Patience);
        }

        Assert.Equal(WebhookState.Idle, await StateAsync());
        region.Tell(pause);
        await Eventually.Equal(WebhookState.Paused, StateAsync);
    }

    [Fact]
    public async Task Webhook_is_not_stopped_by_its_death_that_a_peer_makes_up()
    {
        var webhook = await ResolveAsync("/system/sharding/webhooks/*/audit/webhook");
        var entity = (IInternalActorRef)await ResolveAsync("/system/sharding/webhooks/*/audit");

        entity.SendSystemMessage(new DeathWatchNotification(webhook, existenceConfirmed: true, addressTerminated: false));
        entity.SendSystemMessage(new Terminate());
        entity.Tell(PoisonPill.Instance);
        entity.Tell(Kill.Instance);
        await entity.Ask<ActorIdentity>(new Identify(null), Patience);

        Assert.True((await _node.PublishAsync("all.test", "2")).IsAccepted);
        await Eventually.Equal(2, () => _cluster.Receiver.TakenBy("audit").Count);
        Assert.Equal(entity, await ResolveAsync("/system/sharding/webhooks/*/audit"));
    }

    [Fact]
    public async Task Coordinator_of_the_shards_is_not_handed_over_to_a_peer_that_asks_for_it()
    {
        const int singletons = 14;
        var coordinator = await ResolveAsync("/system/sharding/webhooksCoordinator");
        var region = await ResolveAsync("/system/sharding/webhooks");

        foreach (var manifest in (string[])["A", "B", "C", "D"])
            coordinator.Tell(new ForgedMessage(singletons, manifest, []));
        await coordinator.Ask<ActorIdentity>(new Identify(null), Patience);

        // Of all shards, so that each has been allocated.
        var answers = Enumerable.Range(0, 1_000).Select(i => region.Ask<WebhookAwake>(new WakeWebhook($"invented-{i}"), Patience));
        Assert.Equal(1_000, (await Task.WhenAll(answers)).Length);
        await ResolveAsync("/system/sharding/webhooksCoordinator/singleton/coordinator");
    }

    [Theory]
    [InlineData("not an event at all")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":"all.test","data":{"a":1}},{"id":"2"}""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":"all.test","data":{"a":}}""")]
    [InlineData("""{"id":"1","createdAt":"some time later today","type":"all.test","data":{}}""")]
    [InlineData("""{"id":"","createdAt":"2026-11-28T00:00:00.000Z","type":"all.test","data":{}}""")]
    [InlineData("""{"id":"1","createdAt":"2026-11-28T00:00:00.000Z","type":"all..test","data":{}}""")]
    public async Task Event_of_a_peer_that_is_none_is_not_sent(string forged)
    {
        const int wire = 1_742_302;
        var region = await ResolveAsync("/system/sharding/webhooks");
        var encoded = Encoding.UTF8.GetBytes(forged);
        var bundle = Bundle.Create("audit", stream: 1, @base: 0, from: 0, count: 1, encoded.Length);
        bundle.WriteEvent(0, 0, encoded);

        region.Tell(new ForgedMessage(wire, "b", bundle.Bytes));
        region.Tell(bundle);
        await region.Ask<WebhookAwake>(new WakeWebhook("audit"), Patience);

        Assert.True((await _node.PublishAsync("all.test", "2")).IsAccepted);
        await Eventually.Equal("1 2", () => string.Join(' ', _cluster.Receiver.TakenBy("audit")));
    }

    [Fact]
    public async Task Configuration_of_who_is_no_member_is_not_heard()
    {
        var watch = await ResolveAsync("/user/webhooks-configuration");
        watch.Tell(new ConfigurationReport(1, 2, "3"));

        var other = await _cluster.StartAsync(_cluster.Toml(["audit", "more"]), Impatient);
        await TestCluster.SeeAsync(2, _node, other);
        await Eventually.True(async () => (await _node.WarningsAsync()).Length > 0);

        Assert.StartsWith($"{other.Address} has another configuration", Assert.Single(await _node.WarningsAsync()), StringComparison.Ordinal);
    }

    private async Task<WebhookState> StateAsync() => (await _node.AskAsync<WebhookStatus>("audit", new GetStatus())).State;

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
