using System.Diagnostics;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Clusters;

/// <summary>Three nodes of one process are told to stop at once, and have to hear so of one another in time: nothing else runs beside them.</summary>
[Collection(nameof(StopTests))]
[CollectionDefinition(nameof(StopTests), DisableParallelization = true)]
public sealed class StopTests
{
    private static readonly string[] Ids = [.. Enumerable.Range(0, 12).Select(i => $"hook-{i}")];
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Others have heard of a node that stopped before they are told to, hand over to one that has not, or get its webhooks when they stop already.
    /// </summary>
    /// <param name="milliseconds">Between the nodes.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(950)]
    [InlineData(1_010)]
    [InlineData(1_030)]
    [InlineData(1_060)]
    [InlineData(2_000)]
    public async Task Nodes_that_all_stop_send_what_is_in_memory_before_they_end(int milliseconds)
    {
        await using var cluster = await TestCluster.CreateAsync();
        var nodes = await StartAsync(cluster, "throttle = \"1h\"");
        var published = await PublishAsync(nodes);

        await StopAsync(nodes, TimeSpan.FromMilliseconds(milliseconds));

        Assert.All(Ids, id => Assert.Equal(published.Order(StringComparer.Ordinal), cluster.Receiver.TakenBy(id).Order(StringComparer.Ordinal)));
        Assert.Empty(cluster.Receiver.Overlaps);
    }

    [Fact]
    public async Task Nodes_that_all_stop_at_once_while_no_endpoint_answers_well_give_up_after_the_drain_timeout()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var nodes = await StartAsync(cluster, "throttle = 0\nretry.initial = 100\nretry.max = 200", "actor-webhooks.drain-timeout = 2s");
        cluster.Receiver.Status = 503;
        await PublishAsync(nodes);

        await StopAsync(nodes);
    }

    [Fact]
    public async Task Nodes_that_all_stop_at_once_leave_in_the_journal_what_they_did_not_send()
    {
        await using var cluster = await TestCluster.CreateAsync(isDurable: true);
        var nodes = await StartAsync(cluster, "throttle = 0\nretry.initial = 100\nretry.max = 200");
        cluster.Receiver.Status = 503;
        var published = await PublishAsync(nodes);

        await StopAsync(nodes);
        cluster.Receiver.Status = 200;
        await cluster.StartAsync(cluster.Toml(Ids));

        foreach (var id in Ids)
            await Eventually.Equal(published.Count, () => cluster.Receiver.TakenBy(id).Distinct().Count());
        Assert.All(Ids, id => Assert.Equal(published, cluster.Receiver.TakenBy(id)));
        Assert.Empty(cluster.Receiver.Overlaps);
    }

    private static async Task<TestNode[]> StartAsync(TestCluster cluster, string more, string hocon = "")
    {
        var toml = cluster.Toml(Ids, more);
        TestNode[] nodes = [await cluster.StartAsync(toml, hocon), await cluster.StartAsync(toml, hocon), await cluster.StartAsync(toml, hocon)];
        await TestCluster.SeeAsync(3, nodes);
        return nodes;
    }

    private static async Task<List<string>> PublishAsync(TestNode[] nodes)
    {
        List<string> published = [];
        for (var i = 0; i < 30; i++)
        {
            published.Add($"e-{i:D3}");
            Assert.True((await nodes[i % nodes.Length].Publisher.PublishAsync(WebhookEvent.Create(Load.Type, new { }, published[^1]))).IsAccepted);
        }

        return published;
    }

    private static async Task StopAsync(TestNode[] nodes, TimeSpan between = default)
    {
        var since = Stopwatch.GetTimestamp();
        List<Task> left = [];
        foreach (var node in nodes)
        {
            left.Add(node.LeaveAsync());
            await Task.Delay(between);
        }

        await Task.WhenAll(left);
        var time = Stopwatch.GetElapsedTime(since);
        Assert.True(time < TimeToEnd, $"The nodes took {time} to end.");
    }
}
