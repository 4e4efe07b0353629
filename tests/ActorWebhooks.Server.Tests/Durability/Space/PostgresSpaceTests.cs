using ActorWebhooks.Server.Tests.Durability.Postgres;
using ActorWebhooks.Server.Tests.Testing;
using Npgsql;

namespace ActorWebhooks.Server.Tests.Durability.Space;

[Collection(OnePostgres.Name)]
public sealed class PostgresSpaceTests
{
    private const int Megabytes = 45;

    // What waits to be deleted by the dozen, and what is deleted and not yet worth cleaning.
    private const long Bound = 30_000_000;

    [PostgresFact]
    public async Task Table_gives_the_space_of_each_delivered_backlog_back()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var run = await BacklogRun.StartAsync("--postgres", database.ConnectionString);
        await SetCleaningIntervalAsync("1s");
        try
        {
            for (var cycle = 0; cycle < 3; cycle++)
            {
                await run.GatherAsync(Megabytes);
                await run.DeliverAsync();
                await Patience.Until(() => SizeAsync(database), size => size <= Bound);
            }
        }
        finally
        {
            await SetCleaningIntervalAsync("1min");
        }
    }

    private static async Task<long> SizeAsync(PostgresDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("SELECT pg_total_relation_size('journal')");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    // PostgreSQL looks at its tables once a minute, which would take the test minutes.
    private static async Task SetCleaningIntervalAsync(string interval)
    {
        await using var source = NpgsqlDataSource.Create(TestPostgres.ConnectionString!);
        foreach (var sql in new[] { $"ALTER SYSTEM SET autovacuum_naptime = '{interval}'", "SELECT pg_reload_conf()" })
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
