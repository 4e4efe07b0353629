using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

[Collection(OneCluster.Name)]
public sealed class StoppedClusterTests(ITestOutputHelper output)
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(15);

    [PostgresFact]
    public async Task Servers_that_are_all_told_to_stop_at_once_end_in_time_and_go_on_later_where_they_were()
    {
        var times = new TimeSpan[ServerCluster.Nodes];

        await ClusterRun.KeepsAllAsync(output, async (cluster, _) =>
        {
            var from = cluster.Clock.Tick();
            await Task.WhenAll(cluster.Members.Select(async (node, i) =>
            {
                Assert.Equal(0, await node.StopAsync());
                times[i] = from.Until(cluster.Clock.Tick());
            }));
            output.WriteLine($"they ended after {string.Join(", ", times.Select(Figures.Shown))}");
            foreach (var node in cluster.Members)
                node.Start();
            await Task.WhenAll(cluster.Members.Select(ServerCluster.IsReadyAsync));
        });

        Assert.All(times, time => Assert.True(time < TimeToEnd, $"A server took {time.Shown()} to end."));
    }
}
