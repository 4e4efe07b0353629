using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>What the TOML parser complains about: the first fault of each line, since the others follow from it.</summary>
internal static class SyntaxErrors
{
    private static readonly string[] MaySurroundSecrets = ["key", "secret", "token", "headers", "auth"];

    public static void AddTo(ErrorList errors, DocumentSyntax document, string toml)
    {
        if (!document.HasErrors)
            return;
        var lines = toml.Split('\n');
        foreach (var fault in document.Diagnostics.OrderBy(fault => fault.Span.Start.Offset).DistinctBy(fault => fault.Span.Start.Line))
        {
            var position = fault.Span.Start;
            var line = position.Line < lines.Length ? lines[position.Line] : "";
            var message = Array.Exists(MaySurroundSecrets, word => line.Contains(word, StringComparison.OrdinalIgnoreCase))
                ? "not TOML; accepted: key = value, with strings in quotation marks"
                : $"not TOML: {Shown.Text(fault.Message)}";
            errors.Add(position, message);
        }
    }
}
