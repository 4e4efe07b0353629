using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>A place in a file; both count from 1.</summary>
internal readonly record struct Position(int Line, int Column) : IComparable<Position>
{
    public static readonly Position Start = new(1, 1);

    public static Position Of(SyntaxNodeBase node) => Of(node.Span.Start);

    public static Position Of(TextPosition text) => new(Math.Max(text.Line, 0) + 1, Math.Max(text.Column, 0) + 1);

    /// <summary>Behind the last character of <paramref name="toml"/>.</summary>
    public static Position End(string toml)
    {
        var lastLine = toml.AsSpan(toml.LastIndexOf('\n') + 1);
        var column = 1;
        foreach (var _ in lastLine.EnumerateRunes())
            column++;
        return new Position(toml.AsSpan().Count('\n') + 1, column);
    }

    /// <summary>The same place in a text that has so many lines more before it.</summary>
    public Position Below(int lines) => this with { Line = Line + lines };

    public int CompareTo(Position other) => (Line, Column).CompareTo((other.Line, other.Column));
}
