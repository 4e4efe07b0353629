using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>Saves what is still open of a database that has lost its file.</summary>
internal static class DatabaseRescue
{
    public static string PathOf(string file) => Path.ChangeExtension(file, ".rescued.db");

    /// <summary>Copies the whole database; takes as long as its size asks for.</summary>
    /// <exception cref="IOException">There is such a copy already, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    public static void Copy(SqliteConnection connection, string file)
    {
        var copy = PathOf(file);
        var unfinished = $"{copy}.unfinished";
        PrivateFiles.CreateFolder(Path.GetDirectoryName(file)!);
        File.Delete(unfinished);
        PrivateFiles.Create(unfinished);
        connection.Read("PRAGMA synchronous = FULL");
        connection.Read("VACUUM INTO $file", ("$file", unfinished));
        File.Move(unfinished, copy, overwrite: false);
    }

    /// <summary>Writes what is in the write-ahead log into the file.</summary>
    /// <returns>False when something was in the way; try again.</returns>
    public static bool FlushLog(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(FULL)";
        using var reader = command.ExecuteReader();
        return reader.Read() && reader.GetInt64(0) == 0 && reader.GetInt64(1) == reader.GetInt64(2);
    }

    /// <summary>Puts a copy of an earlier run in the place of the file, if there is a copy and no file.</summary>
    /// <returns>What somebody should know about it; null when there is no copy.</returns>
    public static string? TakeUp(string file)
    {
        var copy = PathOf(file);
        if (!File.Exists(copy))
            return null;
        if (File.Exists(file))
        {
            return $"{copy} holds events that were accepted before {Path.GetFileName(file)} was replaced. They are not delivered. "
                + $"Stop the node and move that file over {Path.GetFileName(file)} to deliver them, or move it away.";
        }

        // A log that was left behind belongs to the file that is gone.
        File.Delete($"{file}-wal");
        File.Delete($"{file}-shm");
        File.Move(copy, file);
        return $"{file} was deleted while the node ran the last time. It goes on from the copy that it made then.";
    }
}
