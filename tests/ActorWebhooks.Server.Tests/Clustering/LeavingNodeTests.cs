using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

[Collection(OneCluster.Name)]
public sealed class LeavingNodeTests(ITestOutputHelper output)
{
    // It takes less than a second (docs/chaos.md has what was measured); the rest is for a machine that has other work. A take-over takes 12 s and more.
    private static readonly TimeSpan TimeToHandOver = TimeSpan.FromSeconds(5);

    // So much that only a webhook that hangs takes it.
    private static readonly TimeSpan Liveness = TimeSpan.FromSeconds(15);

    [PostgresFact]
    public async Task Server_that_is_told_to_stop_hands_its_webhooks_over_and_repeats_and_delays_nothing()
    {
        var (from, to) = (0L, 0L);

        var findings = await ClusterRun.KeepsAllAsync(output, async (cluster, random) =>
        {
            var victim = random.Next(ServerCluster.Nodes);
            output.WriteLine($"node {victim} is told to stop");
            from = cluster.Clock.Tick();
            Assert.Equal(0, await cluster.Members[victim].StopAsync());
            output.WriteLine($"it took {from.Until(cluster.Clock.Tick()).Shown()}");
            await cluster.FlowsAsync();
            to = cluster.Clock.Tick();
        });

        var gap = findings.LongestGap(from, to);
        output.WriteLine($"the longest time without a delivery of a webhook was {gap.Shown()}");
        Assert.True(gap < TimeToHandOver, $"A webhook delivered nothing for {gap.Shown()}.");
    }

    [PostgresFact]
    public async Task Servers_that_are_started_again_one_after_the_other_lose_repeat_and_reorder_nothing()
    {
        var (from, to) = (0L, 0L);

        var findings = await ClusterRun.KeepsAllAsync(output, async (cluster, _) =>
        {
            from = cluster.Clock.Tick();
            foreach (var node in cluster.Members)
            {
                Assert.Equal(0, await node.StopAsync());
                node.Start();
                await ServerCluster.IsReadyAsync(node);
                await cluster.DeliverAsync(node);
            }

            to = cluster.Clock.Tick();
            await cluster.FlowsAsync();
        });

        var gap = findings.LongestGap(from, to);
        output.WriteLine($"the longest time without a delivery of a webhook was {gap.Shown()}");
        Assert.True(gap < Liveness, $"A webhook delivered nothing for {gap.Shown()}.");
    }
}
