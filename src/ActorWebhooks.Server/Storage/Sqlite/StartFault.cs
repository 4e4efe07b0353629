using ActorWebhooks.Server.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>Why a database file cannot be opened, and what to do about it.</summary>
internal static class StartFault
{
    private const string AnotherFolder = "give another folder with --data DIR";

    /// <returns>Null for what is no fault of the file or its disk.</returns>
    public static string? Explain(Exception fault, string folder, string file) => fault switch
    {
        SqliteException sqlite => Explain(sqlite.SqliteErrorCode, sqlite.Message, folder, file, DiskProbe.Try(folder, file)),
        IOException or UnauthorizedAccessException or ArgumentOutOfRangeException => Explain(fault.Message, folder, file, DiskProbe.Of(fault)),
        _ => null,
    };

    /// <param name="code">SQLite's.</param>
    /// <param name="disk">What writing there without SQLite has shown.</param>
    public static string Explain(int code, string message, string folder, string file, DiskFault disk) => code switch
    {
        raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT =>
            $"{Printable.Clean(file)} cannot be used: {message.TrimEnd('.')}. "
            + "Move it away to begin with an empty one, or give another folder with --data DIR.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            $"{Printable.Clean(file)} is held by another program. End that one, or {AnotherFolder}.",
        raw.SQLITE_FULL => Explain(message, folder, file, DiskFault.Full),
        _ => Explain(message, folder, file, disk),
    };

    private static string Explain(string message, string folder, string file, DiskFault disk)
    {
        var (place, database) = (Printable.Clean(folder), Printable.Clean(file));
        return disk switch
        {
            DiskFault.Full =>
                $"The disk of {place} is full. Make room on it and start the node again, or {AnotherFolder}. What {database} holds is kept.",
            DiskFault.Limit =>
                $"{database} may not become larger: a quota or a limit of the size of files is in the way. Raise it and start the node again, "
                + $"or {AnotherFolder}. What the file holds is kept.",
            DiskFault.ReadOnly =>
                $"{place} is on a file system that is read-only. Mount it for writing, or {AnotherFolder}.",
            DiskFault.Denied =>
                $"{place} cannot hold the events: the user {Printable.Clean(Environment.UserName)} may not write there. "
                + $"Give that user {place} and all files in it, or give a folder that may be written with --data DIR.",
            _ => $"{place} cannot hold the events: {Printable.Clean(message).TrimEnd('.')}. "
                + "Give a folder that may be written with --data DIR, or keep events in memory with --in-memory.",
        };
    }
}
