using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using ActorWebhooks.Server.Tests.Testing;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

[Collection(OneCluster.Name)]
public sealed class IsolatedNodeTests(ITestOutputHelper output)
{
    [PostgresFact]
    public async Task Server_that_is_cut_off_stops_before_the_others_take_over_and_what_it_accepted_is_delivered()
    {
        Fault? fault = null;

        var findings = await ClusterRun.KeepsAllAsync(
            output,
            async (cluster, random) =>
            {
                var victim = random.Next(ServerCluster.Nodes);
                var node = cluster.Members[victim];
                output.WriteLine($"node {victim} is cut off");
                fault = cluster.CutOff(victim);
                await node.Process.Exited.Patiently();
                output.WriteLine($"it ended after {fault.At.Until(cluster.Clock.Tick()).Shown()}");
                Assert.Equal(1, node.Process.ExitCode);
                Assert.Contains("lost sight of the cluster", node.Process.Error.Text, StringComparison.Ordinal);
                await cluster.FlowsAsync();
                cluster.Network.Heal();
                node.Start();
                await ServerCluster.IsReadyAsync(node);
                await cluster.DeliverAsync(node);
            },
            isCuttable: true);

        var takeOvers = findings.TakeOvers(fault!);
        Assert.NotEmpty(takeOvers);
        Assert.All(takeOvers, pair => Assert.True(pair.Last.Ended < pair.First.Begun, $"{pair.Last} came when another had begun: {pair.First}"));
        output.WriteLine(
            $"its last request came after {fault!.At.Until(takeOvers.Max(pair => pair.Last.Ended)).Shown()}, the others took {takeOvers.Count} webhooks over after "
            + $"{fault.At.Until(takeOvers.Min(pair => pair.First.Begun)).Shown()} to {fault.At.Until(takeOvers.Max(pair => pair.First.Begun)).Shown()}");
        var accepted = findings.Posts.Count(sent => sent.Life == fault.Life && sent.Accepted > fault.At);
        output.WriteLine($"it accepted {accepted} requests after it was cut off");
        Assert.NotEqual(0, accepted);
    }
}
