using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class LeaveTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 12).Select(i => $"hook-{i}")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Node_that_leaves_under_load_loses_repeats_and_reorders_nothing(bool isDurable)
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable);
        var toml = cluster.Toml(Ids);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(3, nodes);
        using var load = new Load(cluster, Ids, nodes);
        await load.FlowsAsync();

        await nodes[1].LeaveAsync();
        await load.FlowsAsync();

        Assert.Equal(0, await load.EndWellAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rolling_restart_under_load_loses_repeats_and_reorders_nothing(bool isDurable)
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable);
        var toml = cluster.Toml(Ids);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(3, nodes);
        using var load = new Load(cluster, Ids, nodes);
        await load.FlowsAsync();

        for (var i = 0; i < nodes.Length; i++)
        {
            await nodes[i].LeaveAsync();
            nodes[i] = await cluster.StartAsync(toml);
            await TestCluster.SeeAsync(3, nodes);
            load.Start(nodes[i]);
            await load.FlowsAsync();
        }

        Assert.Equal(0, await load.EndWellAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_waits_for_an_endpoint_that_is_down_moves_with_its_webhook(bool isDurable)
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable);
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

        await nodes[1].LeaveAsync();
        await nodes[0].LeaveAsync();
        cluster.Receiver.Status = 200;

        foreach (var id in Ids)
            await Eventually.Equal(published.Count, () => cluster.Receiver.TakenBy(id).Distinct().Count());
        Assert.All(Ids, id => Assert.Equal(published, cluster.Receiver.TakenBy(id)));
        Assert.Empty(cluster.Receiver.Overlaps);
    }

    [Fact]
    public async Task Durable_webhook_that_moves_waits_as_long_as_its_endpoint_asked_for_and_retry_now_ends_that_from_any_node()
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable: true);
        var toml = cluster.Toml(Ids);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(2, nodes);
        (cluster.Receiver.Status, cluster.Receiver.RetryAfter) = (429, "600");
        Assert.True((await nodes[1].PublishAsync(Load.Type, "1")).IsAccepted);
        await Eventually.Equal(Ids.Length, () => cluster.Receiver.Arrivals.Count);

        // The answers are on their way when the requests have arrived.
        foreach (var id in Ids)
            await Eventually.Equal(1, async () => (await nodes[0].AskAsync<WebhookStatus>(id, new GetStatus())).Failures);

        await nodes[0].LeaveAsync();

        foreach (var id in Ids)
        {
            await Eventually.Equal(
                (WebhookState.BackingOff, 1),
                async () => await nodes[1].AskAsync<WebhookStatus>(id, new GetStatus()) is var status ? (status.State, status.Failures) : default);
        }

        Assert.Equal(Ids.Length, cluster.Receiver.Arrivals.Count);
        nodes[0] = await cluster.StartAsync(toml);
        await TestCluster.SeeAsync(2, nodes);
        cluster.Receiver.Status = 200;
        foreach (var id in Ids)
            await nodes[0].AskAsync<WebhookStatus>(id, new RetryNow());
        foreach (var id in Ids)
            await Eventually.Equal(1, () => cluster.Receiver.TakenBy(id).Count);
    }
}
