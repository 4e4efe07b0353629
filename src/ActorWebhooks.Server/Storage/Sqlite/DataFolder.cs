using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>
/// Whether a folder is one in which nobody else can put something in the place of the files of the node, where the platform has modes.
/// </summary>
internal static class DataFolder
{
    // Of all files that the node makes or takes up there.
    private const string NamesOfFiles = "webhooks.*";

    /// <exception cref="RefusedException">It is not.</exception>
    public static void Check(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        // With a separator at its end, it would be what the link leads to.
        if (new DirectoryInfo(Path.TrimEndingDirectorySeparator(folder)).LinkTarget is { } target)
        {
            throw new RefusedException(
                $"{Printable.Clean(folder)} is a link, which somebody could point elsewhere. Name the folder itself with --data: {Printable.Clean(target)}.");
        }

        if ((File.GetUnixFileMode(folder) & UnixFileMode.OtherWrite) != 0)
        {
            throw new RefusedException(
                $"Every user of this machine may write to {Printable.Clean(folder)}, and so put other files in the place of the node's. "
                + $"Take that right away with chmod o-w {Printable.Clean(folder)}, or give another folder with --data DIR.");
        }

        foreach (var file in Directory.EnumerateFileSystemEntries(folder, NamesOfFiles))
        {
            if (new FileInfo(file).LinkTarget is not null)
                throw new RefusedException($"{Printable.Clean(file)} is a link, which is not followed. Put the file itself there, or give another folder with --data DIR.");
        }
    }
}
