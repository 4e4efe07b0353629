using System.Collections.Concurrent;
using ActorWebhooks.Server.Tests.Durability;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using ActorWebhooks.Server.Tests.Durability.Rules;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Chaos.Scenarios;

/// <summary>A server is killed (SIGKILL) again and again under load, at instants drawn from the seed, and started again.</summary>
internal static class KillScenarios
{
    // With each kill a run has more to check at its end; new data after so many keeps that short.
    private const int KillsOfRun = 20;

    public static Scenario OnSqlite { get; } = new(
        "kill-sqlite",
        "kill -9 of a server on SQLite under load, again and again",
        NeedsPostgres: false,
        (options, log) => RunAsync(options, options.KillsOnSqlite, log, async kills =>
        {
            using var data = new Folder();
            return await KillRun.RunAsync(["--data", data.Path], kills, log);
        }));

    public static Scenario OnPostgres { get; } = new(
        "kill-postgres",
        "kill -9 of a server on PostgreSQL under load, again and again",
        NeedsPostgres: true,
        (options, log) => RunAsync(options, options.KillsOnPostgres, log, async kills =>
        {
            await using var database = await PostgresDatabase.CreateAsync();
            return await KillRun.RunAsync(["--postgres", database.ConnectionString], kills, log);
        }));

    private static async Task<Outcome> RunAsync(ChaosOptions options, int kills, RunLog log, Func<int, Task<LoadFindings>> runAsync)
    {
        var parts = new ConcurrentQueue<int>(Enumerable.Repeat(KillsOfRun, kills / KillsOfRun).Append(kills % KillsOfRun).Where(part => part > 0));
        var outcomes = new ConcurrentBag<Outcome>();
        await Task.WhenAll(Enumerable.Range(0, options.KillWorkers).Select(async _ =>
        {
            while (parts.TryDequeue(out var part))
            {
                outcomes.Add(OutcomeOf(await runAsync(part)));
                log.WriteLine($"{outcomes.Sum(outcome => outcome.Runs)} kills of {kills}");
            }
        }));
        return Outcome.Of(outcomes);
    }

    private static Outcome OutcomeOf(LoadFindings findings)
    {
        var history = findings.History;
        var accepted = history.Posts.Where(post => post.IsAccepted).SelectMany(post => post.Events).ToHashSet();
        return new Outcome(
            findings.Kills,
            (long)accepted.Count * history.Remainders.Length,
            history.Remainders.Sum(remainder => MissingOf(history, remainder, accepted)),
            findings.Repeats,
            history.Remainders.Sum(remainder => OneRequestAtATime.Broken(history, remainder.Webhook).Count()),
            Silence: null,
            [.. findings.Broken]);
    }

    private static long MissingOf(History history, Remainder remainder, HashSet<EventKey> accepted)
    {
        var missing = accepted.ToHashSet();
        missing.ExceptWith(history.TakenBy(remainder.Webhook).SelectMany(arrival => arrival.Events));
        missing.ExceptWith(remainder.Dead);
        return Math.Max(0, missing.Count - remainder.Waiting);
    }
}
