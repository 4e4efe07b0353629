using System.Collections.Immutable;
using System.Text;
using ActorWebhooks.Configuration.Files;
using ActorWebhooks.Configuration.Macros;
using ActorWebhooks.Configuration.Sections;
using ActorWebhooks.Configuration.Toml;
using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Configuration;

/// <summary>Reads a webhook file: every webhook of it, or every error in it.</summary>
internal static class WebhookFile
{
    private const int MaxBytes = 64 * 1024 * 1024;

    private const string MeantToBeEmpty = "# no webhooks";

    /// <summary>A file that cannot be read is an error of the result too.</summary>
    /// <param name="path">A regular file, or a link to one.</param>
    /// <param name="allowEmpty">
    /// Whether a file without a webhook is right. Otherwise it has to say so, as an editor or a full disk may have emptied it.
    /// </param>
    public static ConfigurationResult Load(string path, bool allowEmpty)
    {
        var seen = FileSight.Of(path);
        var result = Read(path, allowEmpty);
        return result with { Files = [seen, .. result.Files] };
    }

    /// <param name="toml">The text of the file.</param>
    /// <param name="fileName">As error messages name it.</param>
    /// <param name="macros">Of this process unless given.</param>
    /// <param name="pieceLength">How much of the text is parsed at a time.</param>
    public static ConfigurationResult Parse(
        string toml, string fileName, MacroSource? macros = null, int pieceLength = RecoveringParser.PieceLength)
    {
        var faults = new Faults(fileName);
        var parser = new RecoveringParser(toml.TrimStart('\uFEFF'), faults, pieceLength);
        var mistakes = new Faults(fileName);
        var warnings = new Faults(fileName, "warnings");
        var expander = new MacroExpander(macros ?? MacroSource.System);
        var definitions = new DefinitionReader(mistakes, warnings, expander);
        var sections = new SectionReader(mistakes, warnings, definitions);
        if (!parser.Read(sections.Read))
            return new ConfigurationResult([], faults.ToErrors()) { Files = [.. expander.FilesSeen] };

        var isComplete = faults.Count == 0;
        var webhooks = ImmutableArray.CreateBuilder<WebhookDefinition>(sections.Sections.Count);
        foreach (var section in sections.Sections)
            webhooks.Add(definitions.Complete(section, isComplete));
        faults.AddAll(mistakes);
        return new ConfigurationResult(faults.Count > 0 ? [] : webhooks.MoveToImmutable(), faults.ToErrors())
        {
            Warnings = [.. warnings.ToErrors().Select(ConfigurationWarning.Of)],
            Files = [.. expander.FilesSeen],
        };
    }

    private static ConfigurationResult Read(string path, bool allowEmpty)
    {
        try
        {
            if (!RegularFile.TryRead(path, MaxBytes, out var content))
                return Refused(path, $"is larger than {SizeText.Format(MaxBytes)}; split the webhooks over several nodes");
            using var reader = new StreamReader(content, Encoding.UTF8);
            var toml = reader.ReadToEnd();
            var result = Parse(toml, path);
            return result is { IsValid: true, Webhooks.IsEmpty: true } && !allowEmpty && !SaysThatItIsEmpty(toml)
                ? Refused(path, $"holds no webhook, or is no regular file; when that is meant, write the line '{MeantToBeEmpty}' into it") with { Files = result.Files }
                : result;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refused(path, "does not exist; create it or name another file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Refused(path, "cannot be read; make it a file that this process may read");
        }
    }

    private static bool SaysThatItIsEmpty(string toml)
    {
        foreach (var line in toml.AsSpan().EnumerateLines())
        {
            if (line.Trim().Equals(MeantToBeEmpty, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static ConfigurationResult Refused(string path, string problem)
    {
        var faults = new Faults(path);
        faults.Add(Position.Start, $"the file {Quoted.Show(FullPath(path), int.MaxValue)} {problem}");
        return new ConfigurationResult([], faults.ToErrors());
    }

    private static string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException)
        {
            return path;
        }
    }
}
