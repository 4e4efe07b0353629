using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Clustering.Harness;

namespace ActorWebhooks.Chaos.Scenarios;

/// <summary>What all scenarios with a cluster have in common.</summary>
internal static class Clusters
{
    // A webhook that is stuck has to be seen to be silent for longer than it may be.
    private static readonly TimeSpan SteadyLoad = TimeSpan.FromSeconds(38);
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(30);

    public static async Task<Outcome> RunAsync(
        ChaosOptions options, RunLog log, ClusterSetup setup, Func<ServerCluster, Random, Task<Disturbance>> disturb)
    {
        var outcomes = new List<Outcome>();
        for (var run = 0; run < options.Runs; run++)
            outcomes.Add(OutcomeOf(await FaultRun.RunAsync(setup, new FaultPlan(options.Seed + run, SteadyLoad, MostSilence), log, disturb)));
        return Outcome.Of(outcomes);
    }

    public static Outcome OutcomeOf(FaultReport report) => new(
        1, report.Accepted, report.Missing, report.Repeats, report.Overlaps, report.LongestSilence, report.Problems);
}
