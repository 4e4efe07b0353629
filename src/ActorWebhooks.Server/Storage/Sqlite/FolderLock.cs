using ActorWebhooks.Server.Hosting;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Storage.Sqlite;

/// <summary>An open file that keeps a second process out of a folder.</summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "webhooks.lock";

    // What a file that another process has open is refused with, by Linux, macOS and Windows.
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

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
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw new RefusedException($"{Printable.Clean(folder)} is in use by another node. "
                + "Stop that one, or give this one a folder of its own with --data DIR.");
        }
    }

    private static bool IsHeldByAnother(IOException e) => e.HResult is WouldBlockLinux or WouldBlockMac or SharingViolation;

    public void Dispose() => _file.Dispose();
}
