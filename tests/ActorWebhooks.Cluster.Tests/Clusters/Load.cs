using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Clusters;

/// <summary>Producers on some nodes, and the rules for what comes of their events.</summary>
internal sealed class Load : IDisposable
{
    public const string Type = "all.test";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly TestCluster _cluster;
    private readonly string[] _webhookIds;
    private readonly List<Producer> _producers = [];

    public Load(TestCluster cluster, string[] webhookIds, params IEnumerable<TestNode> nodes)
    {
        (_cluster, _webhookIds) = (cluster, webhookIds);
        foreach (var node in nodes)
            Start(node);
    }

    public void Start(TestNode node) => _producers.Add(new Producer(node, $"p{_producers.Count}", Type, Pause));

    public void Dispose()
    {
        foreach (var producer in _producers)
            producer.Dispose();
    }

    /// <summary>Each webhook gets some more events from now on.</summary>
    public async Task FlowsAsync()
    {
        var before = _webhookIds.ToDictionary(id => id, id => _cluster.Receiver.TakenBy(id).Count);
        await Eventually.True(() => _webhookIds.All(id => _cluster.Receiver.TakenBy(id).Count > before[id] + 10));
    }

    /// <summary>
    /// Stops, and waits for what was accepted. Then every accepted event has come, in the order of its sender, and no webhook had two requests
    /// under way.
    /// </summary>
    /// <returns>How many deliveries were repeats.</returns>
    public async Task<int> EndWellAsync()
    {
        var repeats = 0;
        foreach (var producer in _producers)
        {
            var accepted = await producer.StopAsync();
            Assert.NotEmpty(accepted);
            foreach (var id in _webhookIds)
            {
                await Eventually.True(() => _cluster.Receiver.TakenBy(id).ToHashSet().IsSupersetOf(accepted));
                var taken = _cluster.Receiver.TakenBy(id).Where(e => e.StartsWith($"{producer.Name}-", StringComparison.Ordinal)).ToList();
                List<string> first = [.. taken.Distinct()];
                Assert.Equal(first.Order(StringComparer.Ordinal), first);
                repeats += taken.Count - first.Count;
            }
        }

        Assert.Empty(_cluster.Receiver.Overlaps);
        return repeats;
    }
}
