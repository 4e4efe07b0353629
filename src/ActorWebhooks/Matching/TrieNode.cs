using System.Numerics;

namespace ActorWebhooks.Matching;

/// <summary>
/// A point in a <see cref="PatternTrie"/>. Its children are consecutive nodes in the order of their first characters, the one
/// behind a <see cref="TrieKey"/> mark before them, so that two words of bits and a count find a child.
/// </summary>
internal readonly struct TrieNode(ulong low, ulong high, int firstLiteral, bool hasMarked, int annotation, byte labelLength, byte leastRest, int hits)
{
    public const int None = -1;

    private readonly ulong _low = low;
    private readonly ulong _high = high;
    private readonly int _firstLiteral = firstLiteral;

    /// <summary>
    /// Behind a star its place in <see cref="PatternTrie.Filters"/>, or <see cref="None"/>. Elsewhere where in
    /// <see cref="PatternTrie.Labels"/> the characters are that must follow the first one, which leads here.
    /// </summary>
    public readonly int Annotation = annotation;

    /// <summary>Where in <see cref="PatternTrie.Hits"/> the patterns that end here are, or <see cref="None"/>.</summary>
    public readonly int Hits = hits;

    public readonly byte LabelLength = labelLength;

    /// <summary>How many characters, behind the first one, a type has at least that any pattern below covers.</summary>
    public readonly byte LeastRest = leastRest;

    private readonly bool _hasMarked = hasMarked;

    /// <summary>
    /// The child behind a mark, or <see cref="None"/>: on the way through literals the star, behind a star the endings.
    /// </summary>
    public int Marked => _hasMarked ? _firstLiteral - 1 : None;

    public bool HasLiterals => (_low | _high) != 0;

    /// <summary>The child whose first character is <paramref name="c"/>, or <see cref="None"/>.</summary>
    public int Literal(char c)
    {
        var bit = 1UL << c;
        if (c < 64)
            return (_low & bit) == 0 ? None : _firstLiteral + BitOperations.PopCount(_low & (bit - 1));
        return c >= 128 || (_high & bit) == 0
            ? None
            : _firstLiteral + BitOperations.PopCount(_low) + BitOperations.PopCount(_high & (bit - 1));
    }
}
