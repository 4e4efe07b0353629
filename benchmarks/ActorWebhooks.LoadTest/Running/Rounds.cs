using System.Globalization;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>Several runs in turn, again and again, against one receiver: what changes in the machine meanwhile meets all of them.</summary>
internal static class Rounds
{
    /// <returns>For each plan the reports of its runs, in the order of the rounds.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<RunReport>>> RunAsync(
        IReadOnlyList<LoadPlan> plans, int rounds, CancellationToken cancellationToken)
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        var reports = plans.Select(_ => new List<RunReport>()).ToArray();
        for (var round = 1; round <= rounds; round++)
        {
            for (var turn = 0; turn < plans.Count; turn++)
            {
                // Another one begins each round, so that nobody always runs behind the same neighbour.
                var i = (turn + round - 1) % plans.Count;
                var title = string.Create(
                    CultureInfo.InvariantCulture, $"{round}/{rounds} {plans[i].Contender} ({turn + 1} of {plans.Count})");
                reports[i].Add(await LoadRun.RunAsync(plans[i], receiver, title, cancellationToken));
            }
        }

        return reports;
    }
}
