using Npgsql;

namespace ActorWebhooks.Server.Tests.Durability.Postgres;

/// <summary>A database of the test's own, gone with it.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string _name = $"test_{Guid.NewGuid():N}";

    private PostgresDatabase()
    {
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString) { Database = _name }.ConnectionString;

    public static async Task<PostgresDatabase> CreateAsync()
    {
        var database = new PostgresDatabase();
        await ExecuteAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    /// <summary>The sequence numbers of a webhook's outbox, in order, of all owners that it had.</summary>
    public async Task<IReadOnlyList<long>> RowsOfAsync(string webhook)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand("SELECT sequence_number FROM journal WHERE persistence_id LIKE $1 ORDER BY sequence_number");
        command.Parameters.AddWithValue($"webhook-outbox@%:{webhook}");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<long>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetInt64(0));
        return rows;
    }

    /// <summary>Puts a row of another serializer in the place of one.</summary>
    public async Task ReplaceAsync(string webhook, long row, int? identifier, string? manifest, string message)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(
            "UPDATE journal SET identifier = $1, manifest = $2, message = $3 WHERE persistence_id LIKE $4 AND sequence_number = $5");
        foreach (var value in (object[])[(object?)identifier ?? DBNull.Value, (object?)manifest ?? DBNull.Value, System.Text.Encoding.UTF8.GetBytes(message), $"webhook-outbox@%:{webhook}", row])
            command.Parameters.AddWithValue(value);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE {_name} WITH (FORCE)");

    private static async Task ExecuteAsync(string sql)
    {
        // A connection from a pool may be one that a stop has cut.
        var connectionString = new NpgsqlConnectionStringBuilder(TestPostgres.ConnectionString) { Pooling = false }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
