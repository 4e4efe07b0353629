namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>The database file is not where it was opened, so that nothing may be read from it or written to it.</summary>
internal sealed class DatabaseLostException(FileFate fate) : IOException(FateText.Short(fate))
{
    public FileFate Fate { get; } = fate;
}
