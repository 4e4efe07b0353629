using System.Text;

namespace ActorWebhooks.Configuration;

/// <summary>Where macros find variables and files.</summary>
/// <param name="Variable">The value of an environment variable; null when there is none.</param>
/// <param name="File">The content of a file; throws what reading a file throws.</param>
internal sealed record MacroSource(Func<string, string?> Variable, Func<string, string> File)
{
    public const int MaxFileBytes = 64 * 1024;

    public static readonly MacroSource Environment = new(System.Environment.GetEnvironmentVariable, ReadFile);

    private static string ReadFile(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        var content = new byte[MaxFileBytes + 1];
        var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length <= MaxFileBytes
            ? new UTF8Encoding(false, true).GetString(content, 0, length)
            : throw new IOException($"it is larger than {MaxFileBytes / 1024} KiB");
    }
}
