using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>
/// Whether a folder is one in which nobody else can put something in the place of the files of the node, where the platform has modes.
/// </summary>
internal static class DataFolder
{
    /// <param name="files">Those that the node uses in it.</param>
    /// <exception cref="RefusedException">It is not.</exception>
    public static void Check(string folder, params ReadOnlySpan<string> files)
    {
        if (OperatingSystem.IsWindows())
            return;
        if (new DirectoryInfo(folder).LinkTarget is { } target)
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

        foreach (var file in files)
        {
            if (new FileInfo(file).LinkTarget is not null)
                throw new RefusedException($"{Printable.Clean(file)} is a link, which is not followed. Put the file itself there, or give another folder with --data DIR.");
        }
    }
}
