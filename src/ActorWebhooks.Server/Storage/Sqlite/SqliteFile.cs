using System.Security.Cryptography;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>What is set once in a SQLite file, and stays.</summary>
internal static class SqliteFile
{
    // Large rows are written 15 % faster than with SQLite's 4,096, small ones no slower.
    private const int PageBytes = 8192;

    // A file of this size is written anew within a few seconds.
    private const long RewriteUpToBytes = 256 * 1024 * 1024;

    private const long Incremental = 2;

    /// <returns>What somebody should know about it; null when there is nothing.</returns>
    /// <exception cref="RefusedException">The file system is not fit for it.</exception>
    /// <exception cref="SqliteException">The file is not.</exception>
    public static string? Prepare(string file)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Read($"PRAGMA page_size = {PageBytes}");
        connection.Read("PRAGMA auto_vacuum = INCREMENTAL");
        if (connection.Read("PRAGMA journal_mode = WAL") is not "wal")
        {
            throw new RefusedException($"{Printable.Clean(file)} cannot have a write-ahead log there. "
                + "Give a folder on a local disk with --data DIR.");
        }

        if (connection.ReadNumber("PRAGMA user_version") == 0)
            connection.Read($"PRAGMA user_version = {RandomNumberGenerator.GetInt32(1, int.MaxValue)}");
        return connection.ReadNumber("PRAGMA auto_vacuum") == Incremental ? null : Rewrite(connection, file);
    }

    // A database that was made otherwise can give space back only after it was written anew once.
    private static string? Rewrite(SqliteConnection connection, string file)
    {
        var bytes = connection.ReadNumber("PRAGMA page_count") * connection.ReadNumber("PRAGMA page_size");
        if (bytes <= RewriteUpToBytes)
        {
            try
            {
                connection.Read("PRAGMA auto_vacuum = INCREMENTAL");
                connection.Read("VACUUM");
                return null;
            }
            catch (SqliteException e)
            {
                return $"{Printable.Clean(file)} cannot give space back while the node runs: {e.Message}";
            }
        }

        return $"{Printable.Clean(file)} cannot give space back while the node runs, because it was made without that. While the node is stopped, "
            + $"run once: sqlite3 {Printable.Clean(file)} 'PRAGMA auto_vacuum = INCREMENTAL; VACUUM;'";
    }
}
