using ActorWebhooks.Tests.EndToEnd.Durable;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class JournalOutageTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 6).Select(i => $"hook-{i}")];

    [Theory]
    [InlineData(JournalTrouble.IsAway)]
    [InlineData(JournalTrouble.Fails)]
    [InlineData(JournalTrouble.Hangs)]
    public async Task Journal_that_fails_is_told_on_every_node_and_nothing_accepted_is_lost(JournalTrouble trouble)
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable: true);
        var toml = cluster.Toml(Ids);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(3, nodes);
        using var load = new Load(cluster, Ids, nodes);
        await load.FlowsAsync();

        cluster.Store.Have(trouble);
        foreach (var node in nodes)
            await Eventually.True(() => Publish(node).Refusals.Any(refusal => refusal.Reason == RefusalReason.JournalUnavailable));
        cluster.Store.Have(JournalTrouble.None);

        foreach (var node in nodes)
            await Eventually.True(() => Publish(node).IsAccepted);
        await load.FlowsAsync();
        await load.EndWellAsync();
    }

    [Fact]
    public async Task Event_that_nobody_waits_for_comes_through_when_the_journal_is_back()
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable: true);
        var toml = cluster.Toml(["audit"]);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(2, nodes);
        cluster.Store.Have(JournalTrouble.IsAway);

        foreach (var node in nodes)
            node.Router.Tell(WebhookEvent.Create("only.audit", new { }, $"told at {node.Address.Port}".Replace(' ', '-')), Akka.Actor.ActorRefs.NoSender);
        await Eventually.True(() => Publish(nodes[0], "only.audit").Refusals.Count > 0);
        cluster.Store.Have(JournalTrouble.None);

        await Eventually.True(() => nodes.All(node => cluster.Receiver.TakenBy("audit").Contains($"told-at-{node.Address.Port}")));
    }

    private static PublishReceipt Publish(TestNode node, string type = Load.Type) =>
        node.Publisher.PublishAsync(WebhookEvent.Create(type, new { }, Guid.NewGuid().ToString("N"))).GetAwaiter().GetResult();
}
