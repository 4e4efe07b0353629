using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class JoinTests
{
    [Fact]
    public async Task Event_of_any_node_reaches_its_webhook_wherever_that_lives()
    {
        await using var cluster = await TestCluster.CreateAsync();
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => $"hook-{i}")];
        var toml = cluster.Toml(ids);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(3, nodes);

        List<string> published = [];
        foreach (var (node, number) in nodes.Select((node, number) => (node, number)))
        {
            for (var i = 0; i < 50; i++)
            {
                published.Add($"{number}-{i:D3}");
                var receipt = await node.Publisher.PublishAsync(WebhookEvent.Create("all.test", new { }, published[^1]));
                Assert.Equal((ids.Length, true), (receipt.Accepted, receipt.IsAccepted));
            }
        }

        foreach (var id in ids)
            await Eventually.Equal(published.Count, () => cluster.Receiver.TakenBy(id).Count);
        Assert.All(ids, id => Assert.Equal(published, cluster.Receiver.TakenBy(id)));
        Assert.Empty(cluster.Receiver.Overlaps);
    }
}
