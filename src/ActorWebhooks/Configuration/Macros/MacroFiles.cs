using System.Text;
using ActorWebhooks.Configuration.Files;
using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Configuration.Macros;

/// <summary>The files that macros name, each read once.</summary>
internal sealed class MacroFiles(MacroSource source)
{
    public const int MaxBytes = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, (string? Problem, string Content)> _read = new(StringComparer.Ordinal);

    /// <summary>How each looked before it was read.</summary>
    public List<FileSight> Seen { get; } = [];

    /// <returns>The problem, or null.</returns>
    public string? Read(string path, out string content)
    {
        if (!_read.TryGetValue(path, out var known))
            _read[path] = known = ReadOnce(path);
        content = known.Content;
        return known.Problem;
    }

    private (string? Problem, string Content) ReadOnce(string path)
    {
        var shown = Quoted.Show(path);
        if (source.Look is { } look)
            Seen.Add(look(path));
        try
        {
            using var file = source.OpenFile(path);
            var bytes = new byte[MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > MaxBytes
                ? ($"the file {shown} is larger than {SizeText.Format(MaxBytes)}; accepted: a file with one short value", "")
                : (null, WithoutLastNewline(Utf8.GetString(bytes, 0, length)));
        }
        catch (DecoderFallbackException)
        {
            return ($"the file {shown} is not UTF-8 text; accepted: a file with one short value as UTF-8", "");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ($"the file {shown} does not exist; create it, or write the value itself", "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ($"the file {shown} cannot be read; make it a file that this process may read", "");
        }
    }

    private static string WithoutLastNewline(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
        : text.EndsWith('\n') ? text[..^1]
        : text;
}
