using Npgsql;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>A database of its own on a PostgreSQL server that is there already.</summary>
internal sealed class GivenPostgres : IDatabase
{
    private readonly string _server;
    private readonly string _name = $"load_{Guid.NewGuid():N}";

    private GivenPostgres(string server)
    {
        _server = server;
        Connection = new DatabaseConnection(
            DatabaseKind.Postgres, new NpgsqlConnectionStringBuilder(server) { Database = _name }.ToString());
    }

    public DatabaseConnection Connection { get; }

    public static async Task<GivenPostgres> CreateAsync(string server)
    {
        var database = new GivenPostgres(server);
        await database.ExecuteAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE {_name} WITH (FORCE)");

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
