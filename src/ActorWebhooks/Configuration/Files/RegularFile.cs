using System.Diagnostics.CodeAnalysis;

namespace ActorWebhooks.Configuration.Files;

/// <summary>Reads files that somebody named in a setting. A pipe or a device would block whoever opens it, or never end.</summary>
internal static class RegularFile
{
    /// <summary>Opens a file for reading, behind all links. What has no length, as a pipe or a device, is not opened and reads as empty.</summary>
    /// <exception cref="IOException">It cannot be read, or does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or this process may not read it.</exception>
    public static Stream Open(string path)
    {
        var file = new FileInfo(path);
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;

        // A link of /proc to a pipe without a name leads to a name that is not there, and still can be opened.
        var hasLength = target.Exists ? target.Length > 0 : !file.Exists;
        return hasLength ? File.OpenRead(path) : Stream.Null;
    }

    /// <summary>Reads a whole file, which may grow meanwhile.</summary>
    /// <returns>False when it is larger.</returns>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static bool TryRead(string path, int maxBytes, [NotNullWhen(true)] out MemoryStream? content)
    {
        using var file = Open(path);
        content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (file.Read(buffer) is var read and > 0)
        {
            if (content.Length + read > maxBytes)
            {
                content = null;
                return false;
            }

            content.Write(buffer, 0, read);
        }

        content.Position = 0;
        return true;
    }
}
