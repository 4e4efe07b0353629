using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>The rows of the SQLite journal of a server that does not run.</summary>
internal sealed class JournalFile(string folder)
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Directory.GetFiles(folder, "*.db").Single(),
        Pooling = false,
    }.ConnectionString;

    /// <summary>The sequence numbers of a webhook's outbox, in order, of all owners that it had.</summary>
    public async Task<IReadOnlyList<long>> RowsOfAsync(string webhook)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, "SELECT sequence_number FROM journal WHERE persistence_id LIKE $id ORDER BY sequence_number", webhook);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<long>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetInt64(0));
        return rows;
    }

    /// <summary>By which serializers the rows of a webhook's outbox were written.</summary>
    public async Task<string> SerializersAsync(string webhook)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = Command(
            connection, "SELECT group_concat(DISTINCT identifier || ' ' || manifest) FROM journal WHERE persistence_id LIKE $id", webhook);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async Task DamageAsync(string webhook, long row, Func<byte[], byte[]> damage)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync();
        await using var read = Command(connection, "SELECT message FROM journal WHERE persistence_id LIKE $id AND sequence_number = $row", webhook);
        read.Parameters.AddWithValue("$row", row);
        var message = damage((byte[])(await read.ExecuteScalarAsync())!);
        await using var write = Command(
            connection, "UPDATE journal SET message = $message WHERE persistence_id LIKE $id AND sequence_number = $row", webhook);
        write.Parameters.AddWithValue("$row", row);
        write.Parameters.AddWithValue("$message", message);
        Assert.Equal(1, await write.ExecuteNonQueryAsync());
    }

    /// <summary>Puts a row of another serializer in the place of one.</summary>
    public async Task ReplaceAsync(string webhook, long row, int? identifier, string? manifest, string message)
    {
        await using var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync();
        await using var write = Command(
            connection,
            "UPDATE journal SET identifier = $identifier, manifest = $manifest, message = $message WHERE persistence_id LIKE $id AND sequence_number = $row",
            webhook);
        write.Parameters.AddWithValue("$row", row);
        write.Parameters.AddWithValue("$identifier", (object?)identifier ?? DBNull.Value);
        write.Parameters.AddWithValue("$manifest", (object?)manifest ?? DBNull.Value);
        write.Parameters.AddWithValue("$message", System.Text.Encoding.UTF8.GetBytes(message));
        Assert.Equal(1, await write.ExecuteNonQueryAsync());
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, string webhook)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", $"webhook-outbox@%:{webhook}");
        return command;
    }
}
