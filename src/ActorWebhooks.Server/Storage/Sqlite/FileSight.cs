namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>Which files are seen where the database and its write-ahead log should be; null stands for none.</summary>
internal readonly record struct FileSight(FileIdentity? Database, FileIdentity? Log)
{
    /// <param name="hasName">Whether the file that was opened is still in some folder.</param>
    /// <param name="isContinued">Whether its content is still that of the database that was opened.</param>
    public FileFate FateOf(FileSight opened, bool hasName, bool isContinued)
    {
        if (Database is null)
            return hasName ? FileFate.Moved : FileFate.Deleted;
        if (Database != opened.Database)
            return hasName ? FileFate.Exchanged : FileFate.Replaced;
        if (Log is null || Log != opened.Log)
            return FileFate.LogGone;
        return isContinued ? FileFate.Intact : FileFate.Overwritten;
    }
}
