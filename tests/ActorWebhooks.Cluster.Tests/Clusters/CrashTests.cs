using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class CrashTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 12).Select(i => $"hook-{i}")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Node_that_dies_under_load_loses_nothing_of_what_the_others_have_published(bool isDurable)
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable);
        var toml = cluster.Toml(Ids);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(3, nodes);
        using var load = new Load(cluster, Ids, nodes[0], nodes[2]);
        await load.FlowsAsync();

        await nodes[1].CrashAsync();
        await TestCluster.SeeAsync(2, nodes[0], nodes[2]);
        await load.FlowsAsync();

        await load.EndWellAsync();
    }

    [Fact]
    public async Task Oldest_node_which_keeps_the_shards_dies_and_the_others_go_on()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var toml = cluster.Toml(Ids);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(3, nodes);
        using var load = new Load(cluster, Ids, nodes[1], nodes[2]);
        await load.FlowsAsync();

        await nodes[0].CrashAsync();
        await TestCluster.SeeAsync(2, nodes[1], nodes[2]);
        await load.FlowsAsync();

        await load.EndWellAsync();
    }

    [Fact]
    public async Task What_a_durable_webhook_has_accepted_from_a_node_that_dies_is_delivered_by_another_though_nobody_sends_to_it()
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable: true);
        var toml = cluster.Toml(Ids, "throttle = 0\nretry.initial = 100\nretry.max = 200");
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(3, nodes);
        cluster.Receiver.Status = 503;
        List<string> published = [];
        for (var i = 0; i < 30; i++)
        {
            published.Add($"e-{i:D3}");
            Assert.True((await nodes[1].Publisher.PublishAsync(WebhookEvent.Create(Load.Type, new { }, published[^1]))).IsAccepted);
        }

        await nodes[1].CrashAsync();
        await TestCluster.SeeAsync(2, nodes[0], nodes[2]);
        cluster.Receiver.Status = 200;

        foreach (var id in Ids)
            await Eventually.Equal(published.Count, () => cluster.Receiver.TakenBy(id).Distinct().Count());
        Assert.All(Ids, id => Assert.Equal(published, cluster.Receiver.TakenBy(id)));
    }

    [Fact]
    public async Task Whole_cluster_that_is_started_again_delivers_what_waits_though_nobody_publishes()
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable: true);
        var toml = cluster.Toml(Ids, "throttle = 0\nretry.initial = 100\nretry.max = 200");
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(2, nodes);
        cluster.Receiver.Status = 503;
        Assert.True((await nodes[1].Publisher.PublishAsync(WebhookEvent.Create(Load.Type, new { }, "waits"))).IsAccepted);
        await Task.WhenAll(nodes.Select(node => node.CrashAsync()));
        cluster.Receiver.Status = 200;

        await cluster.StartAsync(toml);

        foreach (var id in Ids)
        {
            // A request that was under way when the nodes died may have been taken, and comes again.
            await Eventually.Equal(1, () => cluster.Receiver.TakenBy(id).Distinct().Count());
        }
    }
}
