namespace ActorWebhooks.Configuration.Toml;

/// <summary>A part of a file that is parsed by itself: up to a line that begins with <c>[</c>, as sections do, or to the end.</summary>
internal sealed class Piece
{
    private readonly string _toml;

    private int _end;

    /// <summary>What the next piece begins with, before what stands behind <see cref="_end"/>.</summary>
    private string _rest = "";

    private Piece(string toml, string begin, int end, int length, int firstLine)
    {
        _toml = toml;
        _end = end;
        FirstLine = firstLine;
        Text = begin;
        Take(length - begin.Length);
    }

    /// <summary>From 0, in the file.</summary>
    public int FirstLine { get; }

    /// <summary>Always with a line feed at its end.</summary>
    public string Text { get; set; }

    public bool IsLast => _end == _toml.Length && _rest.Length == 0;

    /// <param name="toml">The file.</param>
    /// <param name="length">In characters, at least; what comes then up to the next such line belongs to it too.</param>
    public static Piece First(string toml, int length) => new(toml, begin: "", end: 0, length, firstLine: 0);

    /// <summary>Null after the last.</summary>
    public Piece? Next(int length) =>
        IsLast ? null : new Piece(_toml, _rest, _end, length, FirstLine + Text.AsSpan().Count('\n'));

    /// <summary>Doubles it at least.</summary>
    public void Lengthen() => Take(Text.Length);

    /// <summary>Leaves what is behind <paramref name="length"/>, the start of a line, to the next.</summary>
    public void Shorten(int length) => (Text, _rest) = (Text[..length], Text[length..]);

    private void Take(int length)
    {
        var cut = NextCut(_end + Math.Clamp(length, 0, _toml.Length - _end));
        Text = string.Concat(Text, _toml.AsSpan(_end, cut - _end));
        _end = cut;

        // The lexer throws on an escape that the end of the text cuts off.
        if (!Text.EndsWith('\n'))
            Text += "\n";
    }

    private int NextCut(int from)
    {
        while (_toml.IndexOf('\n', from) is >= 0 and var lineEnd)
        {
            from = lineEnd + 1;
            if (_toml.AsSpan(from).TrimStart(" \t") is ['[', ..])
                return from;
        }

        return _toml.Length;
    }
}
