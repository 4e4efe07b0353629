using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>
/// Parses TOML piece by piece, as the syntax tree of a large file takes fifty times the memory of its text. It parses past syntax
/// errors: the statement with the first error is blanked out and the piece is parsed again, so that one mistake gives one error and
/// all that is behind it is still checked.
/// </summary>
/// <remarks>
/// A piece without an error ended between two statements, so it reads as it does within the file. One that ends within a string or
/// an array is an error to the parser, which it meets at the end of the piece; that piece was cut in the wrong place and is lengthened.
/// </remarks>
internal sealed class RecoveringParser(string toml, Faults faults, int pieceLength)
{
    /// <summary>Twenty usual sections: few enough that the collector finds their trees dead in its youngest generation.</summary>
    public const int PieceLength = 4 * 1024;

    private const int MaxErrors = 20;

    /// <summary>Bounds the work on errors, as each costs another pass.</summary>
    private const int MaxCharacters = 32 * 1024 * 1024;

    private int _errors;

    private int _characters;

    /// <param name="take">Gets the readable part, in the order of the file. Redefinitions are not checked.</param>
    /// <returns>False if too much of the file is broken; what was taken is of no use then.</returns>
    public bool Read(Action<DocumentSyntax> take)
    {
        for (var piece = Piece.First(toml, pieceLength); piece is not null; piece = piece.Next(pieceLength))
        {
            if (Parse(piece) is not { } document)
                return false;
            SyntaxLines.Move(document, piece.FirstLine);
            take(document);
        }

        return true;
    }

    private DocumentSyntax? Parse(Piece piece)
    {
        while (true)
        {
            DocumentSyntax document;
            try
            {
                document = SyntaxParser.Parse(piece.Text, validate: false);
            }
            catch (TomlException)
            {
                faults.Add(Position.Start, "arrays or inline tables are nested more than 64 deep; accepted: an array holds plain values");
                return null;
            }

            if (!document.HasErrors)
                return document;
            if (!piece.IsLast && IsCutShort(document.Diagnostics, piece.Text.Length))
                piece.Lengthen();
            else if (!TryBlankOutFirst(document, piece))
                return null;
        }
    }

    private bool TryBlankOutFirst(DocumentSyntax document, Piece piece)
    {
        var error = First(document.Diagnostics);
        var statement = Statement.At(document, error.Span.Start, piece.Text);
        var rest = statement.WithoutIt(piece.Text, SyntaxFault.IsInsideValue(error.Message), SyntaxFault.IsAtTheEnd(error.Message));
        var at = Position.Of(error.Span.Start).Below(piece.FirstLine);
        var end = End(toml);
        faults.Add(at.CompareTo(end) < 0 ? at : end, Describe(error, statement, piece.FirstLine));

        _characters += piece.Text.Length;
        if (++_errors == MaxErrors || _characters > MaxCharacters - piece.Text.Length || rest == piece.Text)
            return false;
        piece.Text = rest;
        return true;
    }

    private static Position End(string toml)
    {
        var lastLine = toml.AsSpan(toml.LastIndexOf('\n') + 1);
        var column = 1;
        foreach (var _ in lastLine.EnumerateRunes())
            column++;
        return new Position(toml.AsSpan().Count('\n') + 1, column);
    }

    private static string Describe(DiagnosticMessage error, Statement statement, int firstLine)
    {
        var meaning = SyntaxFault.Describe(error.Message);
        return SyntaxFault.IsInsideValue(error.Message) && statement.Line < error.Span.Start.Line
            ? $"{meaning} (the value begins on line {firstLine + statement.Line + 1})"
            : meaning;
    }

    /// <summary>Whether the parser wanted to read on at the end of the text. All that it met before is as it is in the file.</summary>
    private static bool IsCutShort(DiagnosticsBag diagnostics, int length)
    {
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Span.Start.Offset >= length || SyntaxFault.IsAtTheEnd(diagnostic.Message))
                return true;
        }

        return false;
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
