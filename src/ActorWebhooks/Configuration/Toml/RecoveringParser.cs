using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>
/// Parses TOML past its syntax errors: the statement with the first error is blanked out and the rest is parsed again, so that one
/// mistake gives one error and all that is behind it is still checked.
/// </summary>
internal static class RecoveringParser
{
    private const int MaxErrors = 20;

    /// <summary>Bounds the work on large files, as every error costs another pass.</summary>
    private const int MaxCharacters = 32 * 1024 * 1024;

    /// <summary>The readable part of <paramref name="toml"/>, or null if too much of it is broken. Redefinitions are not checked.</summary>
    public static DocumentSyntax? Parse(string toml, Faults faults)
    {
        var passes = Math.Clamp(MaxCharacters / Math.Max(toml.Length, 1), 1, MaxErrors);
        var end = End(toml);
        // The lexer throws on an escape that the end of the text cuts off.
        toml = toml.EndsWith('\n') ? toml : toml + "\n";
        while (true)
        {
            DocumentSyntax document;
            try
            {
                document = SyntaxParser.Parse(toml, validate: false);
            }
            catch (TomlException)
            {
                faults.Add(Position.Start, "arrays or inline tables are nested more than 64 deep; accepted: an array holds plain values");
                return null;
            }

            if (!document.HasErrors)
                return document;

            var error = First(document.Diagnostics);
            var statement = Statement.At(document, error.Span.Start, toml);
            var rest = statement.WithoutIt(toml, SyntaxFault.IsInsideValue(error.Message), SyntaxFault.IsAtTheEnd(error.Message));
            var at = Position.Of(error.Span.Start);
            faults.Add(at.CompareTo(end) < 0 ? at : end, Describe(error, statement));
            if (--passes == 0 || rest == toml)
                return null;
            toml = rest;
        }
    }

    private static Position End(string toml)
    {
        var lastLine = toml.AsSpan(toml.LastIndexOf('\n') + 1);
        var column = 1;
        foreach (var _ in lastLine.EnumerateRunes())
            column++;
        return new Position(toml.AsSpan().Count('\n') + 1, column);
    }

    private static string Describe(DiagnosticMessage error, Statement statement)
    {
        var meaning = SyntaxFault.Describe(error.Message);
        return SyntaxFault.IsInsideValue(error.Message) && statement.Line < error.Span.Start.Line
            ? $"{meaning} (the value begins on line {statement.Line + 1})"
            : meaning;
    }

    private static DiagnosticMessage First(DiagnosticsBag diagnostics)
    {
        var first = diagnostics[0];
        for (var i = 1; i < diagnostics.Count; i++)
        {
            // The parser gives its second and further complaints about the end of the file the position 0.
            var isEndOfFile = diagnostics[i].Span.Offset == 0 && !diagnostics[i].Message.StartsWith("Invalid", StringComparison.Ordinal);
            if (!isEndOfFile && diagnostics[i].Span.Offset < first.Span.Offset)
                first = diagnostics[i];
        }

        return first;
    }
}
