using ActorWebhooks.Server.Storage.Sqlite;
using ActorWebhooks.Server.Tests.Testing;
using Microsoft.Data.Sqlite;

namespace ActorWebhooks.Server.Tests.Storage.Sqlite;

/// <summary>A database as the store makes it, and a guard that has it open.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly Folder _folder = new();

    public TestDatabase()
    {
        File = Path.Combine(_folder.Path, "data", "webhooks.db");
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        SqliteFile.Prepare(File);
        Guard = new DatabaseGuard(File);
    }

    public string File { get; }

    public DatabaseGuard Guard { get; }

    /// <summary>A connection beside the guard's, as one of the journal's.</summary>
    public SqliteConnection Connect() => Connect(File);

    public static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Another database, beside this one.</summary>
    public string MakeOther()
    {
        var other = $"{File}.other";
        using var connection = Connect(other);
        connection.Read("CREATE TABLE other (a)");
        return other;
    }

    public void Dispose()
    {
        Guard.Dispose();
        _folder.Dispose();
    }
}
