using ActorWebhooks.Server.Tests.Durability.Postgres;
using ActorWebhooks.Server.Tests.Testing;
using Npgsql;

namespace ActorWebhooks.Server.Tests.Durability.Space;

public sealed class PostgresSpaceTests
{
    private const int Megabytes = 45;
    private const int Cycles = 3;

    // Of large values, in pieces of 2 KB: what one cycle deletes at least, and what is not yet worth cleaning.
    private const long DeletedPieces = 15_000;
    private const long DeadPieces = 5_000;

    // A cycle takes 50 MB; three whose space is not used again take 150.
    private const long Bound = 85_000_000;

    private const string Pieces =
        "SELECT n_tup_del, n_dead_tup FROM pg_stat_all_tables WHERE relid = (SELECT reltoastrelid FROM pg_class WHERE oid = 'journal'::regclass)";

    [PostgresFact]
    public async Task Space_of_a_delivered_backlog_is_used_by_the_next_one()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var run = await BacklogRun.StartAsync("--postgres", database.ConnectionString);
        await SetCleaningIntervalAsync("1s");
        try
        {
            for (var cycle = 1; cycle <= Cycles; cycle++)
            {
                await run.GatherAsync(Megabytes);
                await run.DeliverAsync();
                var deleted = cycle * DeletedPieces;
                await Patience.Until(
                    () => ReadAsync(database, Pieces), pieces => pieces.Deleted >= deleted && pieces.Dead <= DeadPieces);
            }

            var (size, _) = await ReadAsync(database, "SELECT pg_total_relation_size('journal'), 0::bigint");
            Assert.InRange(size, 0, Bound);
        }
        finally
        {
            await SetCleaningIntervalAsync("1min");
        }
    }

    private static async Task<(long Deleted, long Dead)> ReadAsync(PostgresDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return (reader.GetInt64(0), reader.GetInt64(1));
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
