using System.Text;
using ActorWebhooks.Configuration.Files;
using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Configuration.Macros;

/// <summary>Replaces <c>%{env:NAME}%</c> and <c>%{file:/path}%</c>. What they bring in is not expanded again.</summary>
internal sealed class MacroExpander(MacroSource source)
{
    public const string Accepted = "%{env:NAME}% and %{file:/path}%";

    private const string Open = "%{";

    private const string Close = "}%";

    /// <summary>Of one value after expansion, in characters.</summary>
    private const int MaxLength = 128 * 1024;

    private readonly MacroFiles _files = new(source);

    /// <summary>The files that macros named, as they looked before they were read.</summary>
    public IReadOnlyList<FileSight> FilesSeen => _files.Seen;

    /// <returns>The problem, or null.</returns>
    public string? Expand(string text, out MacroText expanded)
    {
        expanded = new MacroText(text, HasMacro: false);
        var open = text.IndexOf(Open, StringComparison.Ordinal);
        if (open < 0)
            return null;

        var result = new StringBuilder(text.Length);
        string? endedInNewline = null;
        var done = 0;
        for (; open >= 0; open = text.IndexOf(Open, done, StringComparison.Ordinal))
        {
            var close = text.IndexOf(Close, open, StringComparison.Ordinal);
            if (close < 0)
                return $"a macro begins with {Open} and is not closed with {Close}; accepted: {Accepted}";
            if (Resolve(text[(open + Open.Length)..close], out var value, ref endedInNewline) is { } problem)
                return problem;
            result.Append(text, done, open - done).Append(value);
            if (result.Length > MaxLength)
                return $"longer than {SizeText.Format(MaxLength)} after its macros are expanded; accepted: shorter values";
            done = close + Close.Length;
        }

        expanded = new MacroText(result.Append(text, done, text.Length - done).ToString(), HasMacro: true) { EndedInNewline = endedInNewline };
        return null;
    }

    private string? Resolve(string macro, out string value, ref string? endedInNewline)
    {
        value = "";
        // What stands in it is not told: it may be a part of a secret that only looks like a macro.
        var colon = macro.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? macro : macro[..colon];
        var name = colon < 0 ? "" : macro[(colon + 1)..];
        if (kind is not ("env" or "file"))
            return $"unknown macro; accepted: {Accepted}";
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
            return $"a macro names nothing; accepted: {Accepted}";
        return kind == "env" ? ResolveVariable(name, out value, ref endedInNewline) : _files.Read(name, out value);
    }

    // Shells and secret stores append a newline. It is not part of the secret.
    private string? ResolveVariable(string name, out string value, ref string? endedInNewline)
    {
        var found = source.Variable(name);
        value = found?.TrimEnd('\r', '\n') ?? "";
        if (value.Length < found?.Length)
            endedInNewline = name;
        return found is null ? $"the environment variable {Quoted.Show(name)} is not set; set it, or write the value itself" : null;
    }
}
