using System.Diagnostics;
using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Storage;

/// <summary>What is set once in a SQLite file, and stays.</summary>
internal static class SqliteFile
{
    // Large rows are written 15 % faster than with SQLite's 4,096, small ones no slower.
    private const int PageBytes = 8192;

    // A backlog that was delivered leaves free pages behind; below this they are kept for the next one.
    private const long ShrinkFromBytes = 64 * 1024 * 1024;

    private const int PagesAtOnce = 8192;

    private static readonly TimeSpan ShrinkPatience = TimeSpan.FromSeconds(3);

    /// <exception cref="RefusedException">The file system is not fit for it.</exception>
    /// <exception cref="SqliteException">The file is not.</exception>
    public static void Prepare(string file)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        Read(connection, $"PRAGMA page_size = {PageBytes}");
        Read(connection, "PRAGMA auto_vacuum = INCREMENTAL");
        if (Read(connection, "PRAGMA journal_mode = WAL") is not "wal")
        {
            throw new RefusedException($"{Printable.Clean(file)} cannot have a write-ahead log there. "
                + "Give a folder on a local disk with --data DIR.");
        }

        Shrink(connection);
    }

    private static void Shrink(SqliteConnection connection)
    {
        var since = Stopwatch.GetTimestamp();
        while (FreeBytes(connection) > ShrinkFromBytes && Stopwatch.GetElapsedTime(since) < ShrinkPatience)
            Read(connection, $"PRAGMA incremental_vacuum({PagesAtOnce})");
    }

    private static long FreeBytes(SqliteConnection connection) =>
        (long)Read(connection, "PRAGMA freelist_count")! * (long)Read(connection, "PRAGMA page_size")!;

    /// <returns>The first value; every row is read, which is what makes some pragmas do their work.</returns>
    private static object? Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        object? first = null;
        while (reader.Read())
            first ??= reader.GetValue(0);
        return first;
    }
}
