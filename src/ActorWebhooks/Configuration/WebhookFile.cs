using System.Text;
using ActorWebhooks.Configuration.Toml;
using Tomlyn.Parsing;

namespace ActorWebhooks.Configuration;

/// <summary>Reads webhook files: TOML to definitions, or every error at once.</summary>
internal static class WebhookFile
{
    private const int MaxFileBytes = 64 * 1024 * 1024;

    public static ConfigurationResult Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxFileBytes)
                return Unreadable(path, $"is larger than {MaxFileBytes / 1024 / 1024} MiB; split it over several nodes");
            using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Parse(reader.ReadToEnd(), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unreadable(path, "does not exist; create it or name another");
        }
        catch (DecoderFallbackException)
        {
            return Unreadable(path, "is not UTF-8; save it as UTF-8");
        }
        catch (UnauthorizedAccessException)
        {
            return Unreadable(path, "may not be read, or is a folder; check its permissions");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return Unreadable(path, $"cannot be read: {e.Message}");
        }
    }

    /// <param name="toml">The text.</param>
    /// <param name="fileName">What errors call the text.</param>
    /// <param name="macros">Where macros look; by default the environment and the file system.</param>
    public static ConfigurationResult Parse(string toml, string fileName, MacroSource? macros = null)
    {
        // Without Tomlyn's own validation: it quotes values, and they may be secrets.
        var document = SyntaxParser.Parse(toml, fileName, validate: false);
        var errors = new ErrorList(fileName);
        SyntaxErrors.AddTo(errors, document, toml);
        var sections = new SectionCollector(errors);
        foreach (var entry in TomlEntries.Of(document))
            sections.Add(entry);

        var webhooks = new List<WebhookDefinition>();
        foreach (var section in sections.Sections)
            webhooks.Add(WebhookReader.Read(section, macros ?? MacroSource.Environment, errors, isWholeFile: !document.HasErrors));
        return errors.Count == 0 ? new ConfigurationResult([.. webhooks], []) : new ConfigurationResult([], errors.ToSorted());
    }

    private static ConfigurationResult Unreadable(string path, string fault)
    {
        var errors = new ErrorList(path);
        errors.Add(default, $"{Path.GetFullPath(path)} {fault}");
        return new ConfigurationResult([], errors.ToSorted());
    }
}
