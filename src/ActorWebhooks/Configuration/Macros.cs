using System.Text;
using System.Text.RegularExpressions;

namespace ActorWebhooks.Configuration;

/// <summary>Replaces <c>%{env:NAME}%</c> and <c>%{file:/path}%</c> in a value.</summary>
internal static partial class Macros
{
    public static bool AreIn(string text) => text.Contains("%{", StringComparison.Ordinal);

    /// <param name="fault">What is wrong, without anything of what the macros stand for; null when all went well.</param>
    public static string Expand(string text, MacroSource source, out string? fault)
    {
        var expanded = new StringBuilder();
        var end = 0;
        foreach (Match macro in Macro().Matches(text))
        {
            expanded.Append(text, end, macro.Index - end);
            end = macro.Index + macro.Length;
            fault = Append(expanded, macro.Groups["kind"].Value, macro.Groups["name"].Value, source);
            if (fault is not null)
                return "";
        }

        fault = text.IndexOf("%{", end, StringComparison.Ordinal) < 0
            ? null
            : "a macro is not closed; accepted: %{env:NAME}% and %{file:/path}%";
        return expanded.Append(text, end, text.Length - end).ToString();
    }

    private static string? Append(StringBuilder expanded, string kind, string name, MacroSource source) => kind switch
    {
        "env" => AppendVariable(expanded, name, source),
        "file" => AppendFile(expanded, name, source),
        _ => $"no macro is called '{Shown.Text(kind)}'; accepted: %{{env:NAME}}% and %{{file:/path}}%",
    };

    private static string? AppendVariable(StringBuilder expanded, string name, MacroSource source)
    {
        if (source.Variable(name) is not { } value)
            return $"the environment variable {Shown.Text(name)} is not set";
        expanded.Append(value);
        return null;
    }

    private static string? AppendFile(StringBuilder expanded, string path, MacroSource source)
    {
        try
        {
            var content = source.File(path);
            var newline = content.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : content.EndsWith('\n') ? 1 : 0;
            expanded.Append(content, 0, content.Length - newline);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"the file {Shown.Text(path)} cannot be read: {Reason(e)}";
        }
    }

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "access is denied",
        DecoderFallbackException => "it is not UTF-8",
        _ => e.Message,
    };

    [GeneratedRegex(@"%\{(?<kind>[^:}]*):?(?<name>[^}]*)\}%", RegexOptions.CultureInvariant)]
    private static partial Regex Macro();
}
