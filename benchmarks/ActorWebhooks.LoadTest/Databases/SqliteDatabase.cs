using Microsoft.Data.Sqlite;

namespace ActorWebhooks.LoadTest.Databases;

/// <summary>A file in a temporary folder, set up as the server sets up its own.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    /// <summary>What each connection begins with: without a busy timeout Microsoft.Data.Sqlite sleeps 150 ms while somebody else writes.</summary>
    public const string OnOpen = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL;";

    private const string Once = "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;";

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
        command.CommandText = Once;
        await command.ExecuteNonQueryAsync();
        return database;
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
