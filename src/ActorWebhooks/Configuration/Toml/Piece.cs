namespace ActorWebhooks.Configuration.Toml;

/// <summary>A part of a file that is parsed by itself: up to a line that begins with <c>[</c>, as sections do, or to the end.</summary>
internal sealed class Piece
{
    private readonly string _toml;

    private int _end;

    private Piece(string toml, int start, int length, int firstLine)
    {
        _toml = toml;
        _end = NextCut(length < toml.Length - start ? start + length : toml.Length);
        FirstLine = firstLine;
        Text = Complete(toml[start.._end]);
    }

    /// <summary>From 0, in the file.</summary>
    public int FirstLine { get; }

    /// <summary>Always with a line feed at its end.</summary>
    public string Text { get; set; }

    public bool IsLast => _end == _toml.Length;

    /// <param name="toml">The file.</param>
    /// <param name="length">In characters, at least; what comes then up to the next such line belongs to it too.</param>
    public static Piece First(string toml, int length) => new(toml, start: 0, length, firstLine: 0);

    /// <summary>Null after the last.</summary>
    public Piece? Next(int length) => IsLast ? null : new Piece(_toml, _end, length, FirstLine + Text.AsSpan().Count('\n'));

    /// <summary>Takes in as much again, because it ends within a string or an array.</summary>
    public void Lengthen()
    {
        var end = _end;
        _end = NextCut(_end + Math.Min(Text.Length, _toml.Length - _end));
        Text = Complete(string.Concat(Text, _toml.AsSpan(end, _end - end)));
    }

    private int NextCut(int from) =>
        _toml.IndexOf("\n[", from, StringComparison.Ordinal) is var lineEnd && lineEnd < 0 ? _toml.Length : lineEnd + 1;

    // The lexer throws on an escape that the end of the text cuts off.
    private static string Complete(string text) => text.EndsWith('\n') ? text : text + "\n";
}
