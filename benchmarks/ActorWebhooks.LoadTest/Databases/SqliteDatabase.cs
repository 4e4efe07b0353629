using Microsoft.Data.Sqlite;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>A file in a temporary folder.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("load-sqlite-");

    private SqliteDatabase()
    {
        var file = Path.Combine(_folder.FullName, "journal.db");
        Connection = new DatabaseConnection(DatabaseKind.Sqlite, new SqliteConnectionStringBuilder { DataSource = file }.ToString());
    }

    public DatabaseConnection Connection { get; }

    public static async Task<SqliteDatabase> CreateAsync()
    {
        var database = new SqliteDatabase();
        await using var connection = await database.Connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        await command.ExecuteScalarAsync();
        command.CommandText = "PRAGMA synchronous";
        return (long)(await command.ExecuteScalarAsync())! == 2
            ? database
            : throw new InvalidOperationException("This SQLite does not wait for the disk unless it is told to (synchronous is not FULL).");
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
