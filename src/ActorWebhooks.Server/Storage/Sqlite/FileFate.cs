namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>What has become of the database file that the node has opened.</summary>
internal enum FileFate
{
    /// <summary>It is where it was.</summary>
    Intact,

    /// <summary>It, or its folder, has another name now. It may come back.</summary>
    Moved,

    /// <summary>Another file is in its place, and it has another name. It may come back.</summary>
    Exchanged,

    /// <summary>It has no name any more: its data last as long as this process.</summary>
    Deleted,

    /// <summary>Another file is in its place, and it has no name any more.</summary>
    Replaced,

    /// <summary>Its write-ahead log is not where it was. The process still has it open.</summary>
    LogGone,

    /// <summary>Another database was copied into it.</summary>
    Overwritten,
}
