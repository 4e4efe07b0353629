using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Storage;

/// <summary>An open file that keeps a second process out of a folder.</summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "webhooks.lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="RefusedException">Another process has it.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        PrivateFiles.Create(path);
        try
        {
            return new FolderLock(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new RefusedException($"{Printable.Clean(folder)} is in use by another node. "
                + "Stop that one, or give this one a folder of its own with --data DIR.");
        }
    }

    public void Dispose() => _file.Dispose();
}
