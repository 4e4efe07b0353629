using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

[Collection(OneCluster.Name)]
public sealed class KilledNodeTests(ITestOutputHelper output)
{
    // A take-over takes up to 14.3 s by the cluster's own times (docs/chaos.md has what was measured); the rest is for a machine that has other work.
    private static readonly TimeSpan TimeToTakeOver = TimeSpan.FromSeconds(18);

    [PostgresFact]
    public async Task Webhooks_of_a_server_that_is_killed_go_on_elsewhere_in_time_and_repeat_only_what_was_in_flight()
    {
        Fault? fault = null;

        var findings = await ClusterRun.KeepsAllAsync(output, async (cluster, random) =>
        {
            var victim = random.Next(ServerCluster.Nodes);
            output.WriteLine($"node {victim} is killed");
            fault = await cluster.KillAsync(victim);
            await cluster.FlowsAsync();
            cluster.Members[victim].Start();
            await cluster.DeliverAsync(cluster.Members[victim]);
        });

        var takeOvers = findings.TakeOvers(fault!);
        Assert.NotEmpty(takeOvers);
        output.WriteLine($"{takeOvers.Count} webhooks were taken over after {takeOvers.Min(After).Shown()} to {takeOvers.Max(After).Shown()}");

        // The others wait for their throttle besides.
        Assert.All(
            takeOvers.Where(pair => Hooks.Throttles[pair.First.Webhook] == 0),
            pair => Assert.True(After(pair) < TimeToTakeOver, $"{pair.First.Webhook} was taken over after {After(pair).Shown()}."));

        TimeSpan After((Durability.Rules.Arrival Last, Durability.Rules.Arrival First) pair) => fault!.At.Until(pair.First.Begun);
    }
}
