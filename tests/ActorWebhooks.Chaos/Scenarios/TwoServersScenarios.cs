using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Durability.Postgres;

namespace ActorWebhooks.Chaos.Scenarios;

/// <summary>Two servers that know nothing of each other on one database.</summary>
internal static class TwoServersScenarios
{
    public static Scenario OnPostgres { get; } = new(
        "two-on-postgres",
        "two servers by mistake on one PostgreSQL, without a cluster",
        NeedsPostgres: true,
        async (options, log) => await RepeatAsync(options, async () =>
        {
            await using var database = await PostgresDatabase.CreateAsync();
            string[] store = ["--postgres", database.ConnectionString];
            return await TwoServers.RunAsync(store, store, log);
        }));

    public static Scenario OnSqlite { get; } = new(
        "two-on-sqlite",
        "two servers by mistake on one SQLite file, the second of which does not see the lock, as on a share",
        NeedsPostgres: false,
        async (options, log) => await RepeatAsync(options, async () =>
        {
            using var file = new SharedSqliteFile();
            return await TwoServers.RunAsync(["--data", file.Path], ["--data", file.Path], log, file.HideLock);
        }));

    private static async Task<Outcome> RepeatAsync(ChaosOptions options, Func<Task<FaultReport>> runAsync)
    {
        var outcomes = new List<Outcome>();
        for (var run = 0; run < options.Runs; run++)
            outcomes.Add(Clusters.OutcomeOf(await runAsync()));
        return Outcome.Of(outcomes);
    }
}
