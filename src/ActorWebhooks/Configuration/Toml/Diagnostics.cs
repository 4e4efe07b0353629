using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>
/// The parser's complaints about one text. Its own come first, then those of the lexer in the order in which it met them.
/// </summary>
internal static class Diagnostics
{
    /// <summary>The one to tell; those behind it may be its consequences.</summary>
    public static DiagnosticMessage First(DocumentSyntax document)
    {
        var first = document.Diagnostics[0];
        DiagnosticMessage? unclosed = null;
        foreach (var diagnostic in document.Diagnostics)
        {
            // The parser gives its second and further complaints about the end of the file the position 0.
            var isEndOfFile = diagnostic.Span.Offset == 0 && !diagnostic.Message.StartsWith("Invalid", StringComparison.Ordinal);

            // What an unclosed string runs into may be complained about at its start.
            var isConsequence = diagnostic.Span.Offset < unclosed?.Span.Offset;
            if (!isEndOfFile && !isConsequence && diagnostic.Span.Offset < first.Span.Offset)
                first = diagnostic;
            if (unclosed is null && SyntaxFault.IsAtLineEnd(diagnostic.Message))
                unclosed = diagnostic;
        }

        return first;
    }

    /// <summary>Whether the first error may be another one, or none, when more text follows.</summary>
    public static bool MayChange(DocumentSyntax document, DiagnosticMessage first, int length)
    {
        if (first.Span.Offset >= length)
            return true;
        if (SyntaxFault.IsFinal(first.Message))
            return false;
        foreach (var diagnostic in document.Diagnostics)
        {
            if (diagnostic.Span.Offset >= length || SyntaxFault.IsAtTheEnd(diagnostic.Message))
                return true;
        }

        return false;
    }
}
