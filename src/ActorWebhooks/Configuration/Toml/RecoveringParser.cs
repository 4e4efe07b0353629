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
/// A piece without an error ended between two statements, so it reads as it does within the file. One that was cut within a string or
/// an array makes the parser complain at its end; it is cut again, at the last header before the complaint.
/// </remarks>
internal sealed class RecoveringParser(string toml, Faults faults, int pieceLength)
{
    /// <summary>Twenty usual sections: few enough that the collector finds their trees dead in its youngest generation.</summary>
    public const int PieceLength = 4 * 1024;

    private const int MaxErrors = 20;

    /// <summary>A tree of more than this would take hundreds of megabytes.</summary>
    private const int MaxPieceLength = 512 * 1024;

    /// <summary>Bounds the work on errors, as each costs another pass: in characters, whatever the size of the file, and for each of it.</summary>
    private const int MaxRepeated = MaxErrors * 64 * 1024;
    private const int MaxRepeatedOfEach = 2;

    private int _errors;

    private readonly long _maxRepeated = Math.Max(MaxRepeated, (long)toml.Length * MaxRepeatedOfEach);

    private long _repeated;

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
            if (piece.Text.Length > MaxPieceLength)
            {
                faults.Add(
                    Position.Start.Below(piece.FirstLine),
                    $"more than {MaxPieceLength / 1024} KiB follow without a line that begins with '['; split the section, or correct what is not closed");
                return null;
            }

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
            var error = Diagnostics.First(document);
            if (!piece.IsLast && Diagnostics.MayChange(document, error, piece.Text.Length))
                CutElsewhere(piece, document, error);
            else if (!TryBlankOut(error, piece, document))
                return null;
        }
    }

    private static void CutElsewhere(Piece piece, DocumentSyntax document, DiagnosticMessage error)
    {
        var header = document.Tables.LastOrDefault(table => table.Span.Offset <= error.Span.Offset);
        var lineStart = header is null ? 0 : header.Span.Offset - header.Span.Start.Column;
        if (lineStart > 0)
            piece.Shorten(lineStart);
        else
            piece.Lengthen();
    }

    private bool TryBlankOut(DiagnosticMessage error, Piece piece, DocumentSyntax document)
    {
        var statement = Statement.At(document, error.Span.Start, piece.Text);
        var rest = statement.WithoutIt(piece.Text, SyntaxFault.IsInsideValue(error.Message), SyntaxFault.IsAtTheEnd(error.Message));
        var at = Position.Of(error.Span.Start).Below(piece.FirstLine);
        var end = Position.End(toml);
        faults.Add(at.CompareTo(end) < 0 ? at : end, Describe(error, statement, piece.FirstLine));

        _repeated += piece.Text.Length;
        if (++_errors == MaxErrors || _repeated > _maxRepeated || rest == piece.Text)
            return false;
        piece.Text = rest;
        return true;
    }

    private static string Describe(DiagnosticMessage error, Statement statement, int firstLine)
    {
        var meaning = SyntaxFault.Describe(error.Message);
        return SyntaxFault.IsInsideValue(error.Message) && statement.Line < error.Span.Start.Line
            ? $"{meaning} (the value begins on line {firstLine + statement.Line + 1})"
            : meaning;
    }
}
