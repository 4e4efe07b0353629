namespace ActorWebhooks.LoadTest.Databases;

/// <summary>Everything that has to survive is written below the temporary folder of the machine.</summary>
internal static class RealDisk
{
    /// <exception cref="InvalidOperationException">It is in memory, where to wait for the disk costs nothing.</exception>
    public static void Require()
    {
        var folder = Path.GetTempPath();
        if (new DriveInfo(folder).DriveFormat is "tmpfs" or "ramfs")
            throw new InvalidOperationException($"{folder} is in memory; set TMPDIR to a folder on a disk.");
    }
}
