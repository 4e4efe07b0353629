using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

[Collection(OneCluster.Name)]
public sealed class BadNetworkTests(ITestOutputHelper output)
{
    // Longer than it takes until a node is unreachable, and shorter than it takes until it is put out.
    private static readonly TimeSpan ShortPartition = TimeSpan.FromSeconds(6.5);

    // The first seed is always the oldest.
    private const int Older = 0;
    private const int Between = 1;
    private const int Younger = 2;

    private static readonly TimeSpan TimeToTakeOver = TimeSpan.FromSeconds(15);

    [PostgresFact]
    public async Task Partition_that_heals_in_time_puts_no_server_out_and_one_bad_link_only_the_younger_of_its_ends()
    {
        Fault? fault = null;

        var findings = await ClusterRun.KeepsAllAsync(
            output,
            async (cluster, random) =>
            {
                cluster.Network.CutOff(random.Next(ServerCluster.Nodes));
                await Task.Delay(ShortPartition);
                cluster.Network.Heal();
                await cluster.FlowsAsync();
                Assert.All(cluster.Members, node => Assert.False(node.Process.Exited.IsCompleted));

                output.WriteLine($"node {Younger} and node {Older} do not hear each other");
                fault = await cluster.CutLinkAsync(stops: Younger, stays: Older, "do not reach each other");
                await cluster.Members[Younger].Process.Exited.Patiently();
                output.WriteLine($"it ended after {fault.At.Until(cluster.Clock.Tick()).Shown()}");
                Assert.Equal(1, cluster.Members[Younger].Process.ExitCode);
                await cluster.FlowsAsync();
                Assert.False(cluster.Members[Older].Process.Exited.IsCompleted || cluster.Members[Between].Process.Exited.IsCompleted);
            },
            isCuttable: true);

        var takeOvers = findings.TakeOvers(fault!);
        Assert.NotEmpty(takeOvers);
        output.WriteLine($"{takeOvers.Count} webhooks were taken over after {takeOvers.Min(After).Shown()} to {takeOvers.Max(After).Shown()}");
        Assert.All(
            takeOvers.Where(pair => Hooks.Throttles[pair.First.Webhook] == 0),
            pair => Assert.True(After(pair) < TimeToTakeOver, $"{pair.First.Webhook} was taken over after {After(pair).Shown()}."));

        TimeSpan After((Durability.Rules.Arrival Last, Durability.Rules.Arrival First) pair) => fault!.At.Until(pair.First.Begun);
    }
}
