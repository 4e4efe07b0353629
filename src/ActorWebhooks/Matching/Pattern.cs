using System.Diagnostics.CodeAnalysis;
using ActorWebhooks.Events;

namespace ActorWebhooks.Matching;

/// <summary>
/// What a webhook listens to: an event type in which each <c>*</c> stands for any run of characters, nothing and dots included;
/// a leading <c>!</c> makes it an exclude. Case-sensitive. The number of stars is bounded, because each may cost a walk through the type.
/// </summary>
internal sealed record Pattern
{
    public const int MaxLength = EventType.MaxLength;

    public const int MaxStars = 8;

    public static readonly string Rule =
        $"a pattern is an event type with at most {MaxStars} * wildcards, such as 'auth.*', '*.failed' or '*', and a leading ! to exclude";

    private Pattern(string text, string glob, bool isExclude)
    {
        Text = text;
        Glob = glob;
        IsExclude = isExclude;
    }

    /// <summary>As it was written, with the <c>!</c> of an exclude.</summary>
    public string Text { get; }

    /// <summary>Without the <c>!</c>.</summary>
    public string Glob { get; }

    public bool IsExclude { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out Pattern? pattern)
    {
        var isExclude = text.StartsWith('!');
        var glob = isExclude ? text[1..] : text;
        pattern = IsValid(glob) ? new Pattern(text, glob, isExclude) : null;
        return pattern is not null;
    }

    public static Pattern Parse(string text) =>
        TryParse(text, out var pattern) ? pattern : throw new ArgumentException($"'{text}' is not a pattern: {Rule}.", nameof(text));

    /// <summary>Whether the glob, apart from being an exclude, takes in <paramref name="type"/>.</summary>
    public bool Covers(ReadOnlySpan<char> type)
    {
        // Greedy with one point of return: a later star can take over all that an earlier one could.
        var (g, t, star, mark) = (0, 0, -1, 0);
        while (t < type.Length)
        {
            if (g < Glob.Length && Glob[g] == '*')
                (star, mark) = (g++, t);
            else if (g < Glob.Length && Glob[g] == type[t])
                (g, t) = (g + 1, t + 1);
            else if (star >= 0)
                (g, t) = (star + 1, ++mark);
            else
                return false;
        }

        return Glob.AsSpan(g).TrimStart('*').IsEmpty;
    }

    public override string ToString() => Text;

    private static bool IsValid(string glob)
    {
        if (!glob.Contains('*'))
            return EventType.IsValid(glob);
        if (glob.Length > MaxLength || glob.AsSpan().Count('*') > MaxStars)
            return false;
        foreach (var literal in glob.AsSpan().Split('*'))
        {
            if (!EventType.HasOnlyAllowedCharacters(glob.AsSpan()[literal]))
                return false;
        }

        return true;
    }
}
