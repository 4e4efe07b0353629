namespace ActorWebhooks.Configuration.Files;

/// <summary>A file as it was seen, without reading it. Another sight means that it has to be read again.</summary>
/// <param name="Path">As it was named.</param>
/// <param name="Target">Where that leads to, behind all links.</param>
/// <param name="Created">Another one when a file was put in the place of another.</param>
/// <param name="Length">-1 when there is none, or it cannot be seen.</param>
/// <param name="Mode">Its permissions.</param>
internal readonly record struct FileSight(string Path, string Target, DateTime Created, DateTime LastWrite, long Length, UnixFileMode Mode)
{
    public static FileSight Of(string path)
    {
        try
        {
            var file = new FileInfo(RealPath.Of(path));
            return file.Exists && file.LinkTarget is null
                ? new(path, file.FullName, file.CreationTimeUtc, file.LastWriteTimeUtc, file.Length, file.UnixFileMode)
                : new(path, file.FullName, default, default, -1, default);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(path, "", default, default, -1, default);
        }
    }

    /// <summary>Whether it looks the same now.</summary>
    public bool IsCurrent() => Of(Path) == this;
}
