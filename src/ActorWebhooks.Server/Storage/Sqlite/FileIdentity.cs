namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>
/// Which file a path leads to. It stays the same when the file is renamed, and differs when another file takes its place. Where the system
/// does not tell, every file that exists has the same one.
/// </summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>Null when there is no file, or it cannot be seen. Takes about a microsecond.</summary>
    public static FileIdentity? Of(WatchedPath path)
    {
        if (!NativeFile.IsSupported)
            return File.Exists(path.Text) ? default(FileIdentity) : null;
        return NativeFile.TryStat(path.Encoded, out var stat) ? new((ulong)stat.DeviceMajor << 32 | stat.DeviceMinor, stat.Inode) : null;
    }
}
