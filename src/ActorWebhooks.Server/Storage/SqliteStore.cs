using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;
using Akka.Actor.Setup;
using Akka.Configuration;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Storage;

/// <summary>A SQLite file in a folder that one process at a time uses.</summary>
internal sealed class SqliteStore(string folder) : EventStore
{
    public const string FileName = "webhooks.db";

    // Without a busy timeout Microsoft.Data.Sqlite sleeps 150 ms whenever a delete holds the lock, and all webhooks with it.
    private const string OnOpen = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL;";

    private readonly string _folder = Path.GetFullPath(folder);
    private FolderLock? _lock;

    public string File => Path.Combine(_folder, FileName);

    public override string Place => $"in {Printable.Clean(File)}";

    public override Config Profile => Profiles.Sqlite;

    public override Setup Connections => JournalConnections.Create(Profile, ConnectionString, OnOpen);

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = File }.ConnectionString;

    public override void Open()
    {
        try
        {
            PrivateFiles.CreateFolder(_folder);
            _lock = FolderLock.Take(_folder);
            PrivateFiles.Create(File);
            SqliteFile.Prepare(File);
            // What a run that was killed has left.
            PrivateFiles.Restrict($"{File}-wal");
            PrivateFiles.Restrict($"{File}-shm");
        }
        catch (Exception e)
        {
            Dispose();
            if (Explain(e) is { } words)
                throw new RefusedException(words);
            throw;
        }
    }

    public override void Dispose()
    {
        // The last connection that is closed writes the log back into the file.
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        _lock?.Dispose();
        _lock = null;
        base.Dispose();
    }

    private string? Explain(Exception e) => e switch
    {
        IOException or UnauthorizedAccessException =>
            $"{Printable.Clean(_folder)} cannot hold the events: {e.Message.TrimEnd('.')}. "
            + "Give a folder that may be written with --data DIR, or keep events in memory with --in-memory.",
        SqliteException =>
            $"{Printable.Clean(File)} cannot be used: {e.Message.TrimEnd('.')}. "
            + "Move it away to begin with an empty one, or give another folder with --data DIR.",
        _ => null,
    };
}
