using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Clustering.Harness;

namespace ActorWebhooks.Chaos.Scenarios;

/// <summary>What all scenarios with a cluster have in common.</summary>
internal static class Clusters
{
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(30);

    /// <param name="steadyLoad">
    /// How long the senders go on after what was done: so long that a webhook that is stuck is seen to be silent for longer than it may be.
    /// </param>
    public static async Task<Outcome> RunAsync(
        ChaosOptions options, RunLog log, ClusterSetup setup, TimeSpan steadyLoad, Func<ServerCluster, Random, Task<Disturbance>> disturb)
    {
        var outcomes = new List<Outcome>();
        for (var run = 0; run < options.Runs; run++)
            outcomes.Add(OutcomeOf(await FaultRun.RunAsync(setup, new FaultPlan(options.Seed + run, steadyLoad, MostSilence), log, disturb)));
        return Outcome.Of(outcomes);
    }

    public static Outcome OutcomeOf(FaultReport report) => new(
        1, report.Accepted, report.Missing, report.Repeats, report.Overlaps, report.LongestSilence, report.Problems);
}
