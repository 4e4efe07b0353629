namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>Finds out why a disk cannot be written to: SQLite often says no more than that there was an error.</summary>
internal static class DiskProbe
{
    private const string FileName = "webhooks.probe";

    // As much as the files of a database that is just being made.
    private const int Bytes = 64 * 1024;

    // Numbers of Linux and of Windows.
    private const int NoSpace = 28;
    private const int Quota = 122;
    private const int TooLarge = 27;
    private const int ReadOnlyFileSystem = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);

    /// <summary>Writes a file beside the database, and removes it again. Nothing may have the database open.</summary>
    public static DiskFault Try(string folder, string database)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (File.Exists(database))
                File.Open(database, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
                BufferSize = 0,
            });
            file.Write(new byte[Bytes]);
            file.Flush(flushToDisk: true);
            return DiskFault.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return Of(e);
        }
    }

    public static DiskFault Of(Exception fault) => fault switch
    {
        UnauthorizedAccessException => DiskFault.Denied,
        // This is what .NET makes of EFBIG.
        ArgumentOutOfRangeException => DiskFault.Limit,
        { HResult: NoSpace or WindowsDiskFull or WindowsHandleDiskFull } => DiskFault.Full,
        { HResult: Quota or TooLarge } => DiskFault.Limit,
        { HResult: ReadOnlyFileSystem or WindowsWriteProtected } => DiskFault.ReadOnly,
        _ => DiskFault.None,
    };
}
