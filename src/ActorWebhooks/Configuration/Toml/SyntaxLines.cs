using Tomlyn.Syntax;

namespace ActorWebhooks.Configuration.Toml;

/// <summary>Turns the lines of a piece into those of the file.</summary>
internal static class SyntaxLines
{
    /// <param name="node">With all that is in it, apart from tokens: nobody asks where those are.</param>
    /// <param name="lines">How many lines of the file are before the piece.</param>
    public static void Move(SyntaxNode node, int lines)
    {
        node.Span.Start.Line += lines;
        for (var i = 0; i < node.ChildrenCount; i++)
        {
            if (node.GetChild(i) is { } child and not SyntaxToken)
                Move(child, lines);
        }
    }
}
