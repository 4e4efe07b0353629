using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>Three servers under load to which something is done. It tells figures, where <see cref="ClusterRun"/> asserts.</summary>
internal static class FaultRun
{
    private const int MostTold = 5;

    /// <param name="disturb">With chances drawn from the seed.</param>
    public static async Task<FaultReport> RunAsync(
        ClusterSetup setup, FaultPlan plan, ITestOutputHelper output, Func<ServerCluster, Random, Task<Disturbance>> disturb)
    {
        output.WriteLine($"{Seed.Variable}={plan.Seed}");
        var random = new Random(plan.Seed);
        await using var cluster = await ServerCluster.StartAsync(random, setup);
        try
        {
            await cluster.BeginAsync();
            await using var keeper = new NodeKeeper(cluster.Members, output);
            var done = await disturb(cluster, random);
            await Task.Delay(plan.SteadyLoad);
            var ended = cluster.Clock.Tick();
            await cluster.EndLoadAsync();
            var drained = await Drained.WaitAsync(cluster, Hooks.Ids);
            var report = Report(cluster, plan, done, drained, ended, output);
            report.Tell(output, () => cluster.Situation);
            return report;
        }
        catch (Exception)
        {
            output.WriteLine(cluster.Situation);
            throw;
        }
    }

    private static FaultReport Report(
        ServerCluster cluster, FaultPlan plan, Disturbance done, Drained drained, long ended, ITestOutputHelper output)
    {
        var seen = new Observation(
            [.. cluster.Posts, .. done.MorePosts], cluster.Arrivals, drained.Remainders, done.Fault, done.Steady, ended)
        {
            MayBeLost = done.MayBeLost,
            WithoutLease = cluster.WithoutLease,
        };
        foreach (var text in Hooks.Ids.SelectMany(id => Repeats.Tell(seen, id).Take(MostTold)))
            output.WriteLine(text);
        return FaultReport.Of(
            [.. Hooks.Ids.Select(id => WebhookFigures.Of(id, seen))],
            plan.MostSilence,
            [
                .. Hooks.Ids.SelectMany(id => OrderAcrossNodes.Broken(seen, id)).Take(MostTold),
                .. drained.Problems,
                .. cluster.Unreadable.Take(MostTold),
                .. done.Check(seen),
            ]);
    }
}
