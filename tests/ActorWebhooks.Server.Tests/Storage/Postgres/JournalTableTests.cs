using ActorWebhooks.Server.Storage.Postgres;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using Npgsql;

namespace ActorWebhooks.Server.Tests.Storage.Postgres;

public sealed class JournalTableTests
{
    [PostgresFact]
    public async Task Table_is_cleaned_after_so_many_dead_rows_however_large_it_is_and_what_its_owner_has_set_stays()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();

        Assert.False(JournalTable.Tune(connection));
        await ReadAsync(connection, "CREATE TABLE journal (message bytea) WITH (autovacuum_vacuum_threshold = 7)");
        Assert.True(JournalTable.Tune(connection));
        Assert.True(JournalTable.Tune(connection));

        Assert.Equal(
            "autovacuum_vacuum_threshold=7,autovacuum_vacuum_scale_factor=0,autovacuum_vacuum_cost_limit=1000",
            await ReadAsync(connection, "SELECT array_to_string(reloptions, ',') FROM pg_class WHERE oid = 'journal'::regclass"));
        Assert.Equal(
            "autovacuum_vacuum_scale_factor=0,autovacuum_vacuum_threshold=5000,autovacuum_vacuum_cost_limit=1000",
            await ReadAsync(connection, """
                SELECT array_to_string(pieces.reloptions, ',') FROM pg_class journal JOIN pg_class pieces ON pieces.oid = journal.reltoastrelid
                WHERE journal.oid = 'journal'::regclass
                """));
    }

    [PostgresFact]
    public async Task User_who_does_not_own_the_table_is_told_so()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await ReadAsync(connection, "CREATE TABLE journal (message bytea)");
        await ReadAsync(connection, "SET ROLE pg_read_all_data");

        var refusal = Assert.Throws<PostgresException>(() => JournalTable.Tune(connection));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    private static async Task<object?> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
