using System.Data.Common;
using ActorWebhooks.LoadTest.Databases;

namespace ActorWebhooks.LoadTest.Receipts;

/// <summary>
/// The least that it takes to be sure of a row: one INSERT that was prepared beforehand and is a transaction by itself, over a connection
/// that stays open.
/// </summary>
internal sealed class BareCommit : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbCommand _insert;

    private BareCommit(DbConnection connection) => (_connection, _insert) = (connection, connection.CreateCommand());

    public static async Task<BareCommit> CreateAsync(DatabaseConnection database, int rowBytes)
    {
        var bare = new BareCommit(await database.OpenAsync());
        await bare.CreateTableAsync(database.Kind);
        bare._insert.CommandText = "INSERT INTO bare (row) VALUES (@row)";
        var row = bare._insert.CreateParameter();
        (row.ParameterName, row.Value) = ("@row", new byte[rowBytes]);
        bare._insert.Parameters.Add(row);
        await bare._insert.PrepareAsync();
        return bare;
    }

    public async Task RunAsync() => await _insert.ExecuteNonQueryAsync();

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task CreateTableAsync(DatabaseKind kind)
    {
        await using var create = _connection.CreateCommand();
        create.CommandText = kind == DatabaseKind.Sqlite
            ? $"{SqliteDatabase.OnOpen} CREATE TABLE bare (id INTEGER PRIMARY KEY, row BLOB NOT NULL)"
            : "CREATE TABLE bare (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, row BYTEA NOT NULL)";
        await create.ExecuteNonQueryAsync();
    }
}
