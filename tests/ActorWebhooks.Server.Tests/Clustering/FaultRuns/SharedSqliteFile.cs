using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>
/// Two folders with one SQLite file, as two machines see a share: the lock of the folder keeps out only the processes of its own machine.
/// </summary>
internal sealed class SharedSqliteFile : IDisposable
{
    private const string FileName = "webhooks.db";

    private readonly Folder _first = new();
    private readonly Folder _second = new();

    public SharedSqliteFile()
    {
        // SQLite follows the link, so that both have one write-ahead log too.
        var file = _first.Write(FileName, "");
        File.CreateSymbolicLink(Path.Combine(Second, FileName), file);
    }

    public string First => _first.Path;

    public string Second => _second.Path;

    public void Dispose()
    {
        _second.Dispose();
        _first.Dispose();
    }
}
