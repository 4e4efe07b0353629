using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>The broken key or header of a text and how far it reaches.</summary>
/// <param name="Line">From 0, where it begins.</param>
/// <param name="Start">Offset of that line.</param>
/// <param name="Error">Offset of what the parser stumbled over.</param>
internal readonly record struct Statement(int Line, int Start, int Error)
{
    public static Statement At(DocumentSyntax document, TextPosition error, string toml)
    {
        var offset = Math.Clamp(error.Offset, 0, toml.Length);
        var start = new TextPosition(LineStart(toml, offset), error.Line, 0);
        var last = LastBefore(document, offset);
        return last is { } found && found.Offset < start.Offset
            ? new Statement(found.Line, LineStart(toml, found.Offset), offset)
            : new Statement(start.Line, start.Offset, offset);
    }

    /// <summary>The text with spaces in place of the statement, so that every other position stays.</summary>
    public string WithoutIt(string toml, bool fromItsStart, bool toItsEnd)
    {
        var errorLine = LineStart(toml, Error);
        var from = fromItsStart ? Start : errorLine;
        var isNextStatement = !toItsEnd && errorLine > from && BeginsStatement(toml.AsSpan(errorLine));
        var to = isNextStatement ? errorLine : LineEnd(toml, Error);
        if (toml.AsSpan(from, to - from).TrimStart().StartsWith('['))
            to = NextHeader(toml, to);
        return string.Create(toml.Length, (toml, from, to), static (text, source) =>
        {
            source.toml.CopyTo(text);
            foreach (ref var c in text[source.from..source.to])
            {
                if (c != '\n')
                    c = ' ';
            }
        });
    }

    private static TextPosition? LastBefore(DocumentSyntax document, int offset)
    {
        TextPosition? last = null;
        foreach (var keyValue in document.KeyValues)
            Take(keyValue);
        foreach (var table in document.Tables)
        {
            Take(table);
            foreach (var item in table.Items)
                Take(item);
        }

        return last;

        void Take(SyntaxNode node)
        {
            if (node.Span.Offset <= offset && (last is null || node.Span.Offset > last.Value.Offset))
                last = node.Span.Start;
        }
    }

    private static bool BeginsStatement(ReadOnlySpan<char> line)
    {
        line = line.TrimStart(" \t");
        return line.Length > 0 && (char.IsAsciiLetterOrDigit(line[0]) || line[0] == '[');
    }

    /// <summary>A broken header takes its section with it: nobody can say whose keys those are.</summary>
    private static int NextHeader(string toml, int from)
    {
        while (toml.AsSpan(from).TrimStart(" \t\r\n") is [not '[', ..])
            from = Math.Min(LineEnd(toml, from) + 1, toml.Length);
        return from;
    }

    private static int LineStart(string toml, int offset) => offset == 0 ? 0 : toml.LastIndexOf('\n', offset - 1) + 1;

    private static int LineEnd(string toml, int offset) =>
        toml.IndexOf('\n', offset) is var end && end < 0 ? toml.Length : end;
}
