namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>Why a disk cannot be written to.</summary>
internal enum DiskFault
{
    /// <summary>It can, or nobody knows why not.</summary>
    None,
    Full,

    /// <summary>A quota, or a limit of the size of files.</summary>
    Limit,
    ReadOnly,
    Denied,
}
