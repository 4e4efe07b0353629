using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

[Collection(OneCluster.Name)]
public sealed class HungNodeTests(ITestOutputHelper output)
{
    // A lost node is given up after about 10 s with the settings of the tests, and replaced 5 s later.
    private static readonly HangTimes PastTheTakeOver = new(Length: TimeSpan.FromSeconds(18), Down: TimeSpan.FromSeconds(8));
    private static readonly TimeSpan SteadyLoad = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(12);

    [PostgresFact]
    public async Task Server_that_hangs_past_the_take_over_and_goes_on_loses_nothing_and_sends_nothing_beside_the_new_owner()
    {
        var report = await FaultRun.RunAsync(
            new ClusterSetup(),
            new FaultPlan(Seed.Next(), SteadyLoad, MostSilence),
            output,
            (cluster, random) => Hang.RunAsync(cluster, random.Next(ServerCluster.Nodes), PastTheTakeOver, output));

        Assert.Empty(report.Problems);
    }
}
