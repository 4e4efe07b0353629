using System.Diagnostics;
using ActorWebhooks.Server.Tests.Durability.Postgres;

namespace ActorWebhooks.Chaos;

/// <summary>Runs scenarios one after the other. A fault in one does not keep the others from running.</summary>
internal static class ChaosRun
{
    private const int MostTold = 10;

    /// <returns>0 when every promise was kept, else 1.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<Scenario> scenarios, ChaosOptions options, CancellationToken stop)
    {
        Console.WriteLine($"Seed {options.Seed}; logs in {options.Logs.FullName}");
        var table = new ResultTable();
        foreach (var scenario in scenarios)
        {
            if (stop.IsCancellationRequested)
                break;
            var since = Stopwatch.GetTimestamp();
            using var log = new RunLog(Path.Combine(options.Logs.FullName, $"{scenario.Name}.log"));
            Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {scenario.Name}: {scenario.About}");
            var outcome = await RunAsync(scenario, options, log);
            foreach (var problem in outcome.Problems.Take(MostTold))
                Console.WriteLine($"  {problem}");
            if (outcome.Problems.Length > MostTold)
                Console.WriteLine($"  and {outcome.Problems.Length - MostTold} more: {log.Path}");
            table.Add(scenario.Name, outcome, Stopwatch.GetElapsedTime(since));
        }

        Console.WriteLine();
        Console.WriteLine(table);
        return !stop.IsCancellationRequested && table.IsGood ? 0 : 1;
    }

    private static async Task<Outcome> RunAsync(Scenario scenario, ChaosOptions options, RunLog log)
    {
        if (scenario.NeedsPostgres && TestPostgres.ConnectionString is null)
            return Outcome.Failed($"It needs PostgreSQL and there is no {TestPostgres.Variable}: run it with .ci/chaos.");
        try
        {
            return await scenario.RunAsync(options, log);
        }
        catch (Exception e)
        {
            log.WriteLine(e.ToString());
            return Outcome.Failed($"It could not be run to its end: {e.Message.Split('\n')[0]}");
        }
    }
}
