using ActorWebhooks.Server.Storage.Postgres;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using Npgsql;

namespace ActorWebhooks.Server.Tests.Storage.Postgres;

public sealed class HungTransactionTests
{
    private const string Insert = "INSERT INTO row (number) VALUES (1)";

    [PostgresFact]
    public async Task Row_that_a_node_has_written_when_it_hung_does_not_lock_out_whoever_takes_over()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync();
        await ExecuteAsync(other, "CREATE TABLE row (number bigint PRIMARY KEY)");
        await using var hung = new NpgsqlConnection(PostgresStore.Parse(database.ConnectionString).SecretConnection);
        await hung.OpenAsync();
        await using var transaction = await hung.BeginTransactionAsync();
        await ExecuteAsync(hung, Insert);

        // It waits for the transaction, and then has the row.
        await ExecuteAsync(other, Insert).WaitAsync(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.CommitAsync());
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
