namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>Files that only their owner may read, where the platform has modes; elsewhere they have the rights of their folder.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a folder that is not there; one that is keeps its rights.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerAlone | UnixFileMode.UserExecute);
    }

    /// <summary>Creates a file, or takes the rights of others from one that is there.</summary>
    public static void Create(string file)
    {
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerAlone;
            new FileStream(file, options).Dispose();
        }

        Restrict(file);
    }

    /// <summary>Takes the rights of others from a file, if there is one.</summary>
    public static void Restrict(string file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(file) && File.GetUnixFileMode(file) != OwnerAlone)
            File.SetUnixFileMode(file, OwnerAlone);
    }
}
