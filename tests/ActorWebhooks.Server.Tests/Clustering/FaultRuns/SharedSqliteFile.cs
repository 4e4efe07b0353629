using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>A folder with a SQLite file that two machines see, as on a share: the lock of the one is not seen by the other.</summary>
internal sealed class SharedSqliteFile : IDisposable
{
    private readonly Folder _folder = new();

    public string Path => _folder.Path;

    /// <summary>Who comes next finds no lock, though the one before holds it.</summary>
    public void HideLock() => File.Delete(System.IO.Path.Combine(Path, FolderLock.FileName));

    public void Dispose() => _folder.Dispose();
}
