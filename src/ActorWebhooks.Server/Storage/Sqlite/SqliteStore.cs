using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;
using Akka.Actor.Setup;
using Akka.Configuration;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>A SQLite file in a folder that one process at a time uses.</summary>
internal sealed class SqliteStore(string folder) : EventStore
{
    public const string FileName = "webhooks.db";

    // Without a busy timeout Microsoft.Data.Sqlite sleeps 150 ms whenever a delete holds the lock, and all webhooks with it.
    // A write-ahead log that a long read has made large is cut back to this many bytes.
    private const string OnOpen = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 33554432;";

    private readonly string _folder = Path.GetFullPath(folder);
    private readonly List<string> _notes = [];
    private FolderLock? _lock;
    private DatabaseGuard? _guard;
    private DatabaseUpkeep? _upkeep;

    public string File => Path.Combine(_folder, FileName);

    public override string Place => $"in {Printable.Clean(File)}";

    public override Config Profile => Profiles.Sqlite;

    public override Setup Connections => JournalConnections.Create(Profile, ConnectionString, OnOpen, () => _guard?.ThrowIfLost());

    public override string? Unusable => _guard is { Fate: not FileFate.Intact and var fate } ? FateText.Short(fate) : null;

    // A file that is gone must not be made anew, empty.
    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadWrite }.ConnectionString;

    public override void Open()
    {
        try
        {
            PrivateFiles.CreateFolder(_folder);
            DataFolder.Check(_folder);
            _lock = FolderLock.Take(_folder);
            Note(DatabaseRescue.TakeUp(File));
            PrivateFiles.Create(File);
            Note(SqliteFile.Prepare(File));
            _guard = new DatabaseGuard(File);
            // What a run that was killed has left.
            PrivateFiles.Restrict($"{File}-wal");
            PrivateFiles.Restrict($"{File}-shm");
        }
        catch (Exception e)
        {
            Dispose();
            if (StartFault.Explain(e, _folder, File) is { } words)
                throw new RefusedException(words);
            throw;
        }
    }

    public override void StartUpkeep(ILogger logger)
    {
        foreach (var note in _notes)
            StoreLog.Note(logger, note);
        if (_guard is { } guard)
            _upkeep ??= new DatabaseUpkeep(guard, File, ClearPool, logger);
    }

    public override void Dispose()
    {
        _upkeep?.Dispose();
        _upkeep = null;
        ClearPool();
        // The last connection that is closed writes the log back into the file.
        _guard?.Dispose();
        _guard = null;
        _lock?.Dispose();
        _lock = null;
        base.Dispose();
    }

    private void ClearPool()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private void Note(string? note)
    {
        if (note is not null)
            _notes.Add(note);
    }
}
