namespace ActorWebhooks.Matching;

/// <summary>Makes the filter for a star, from the sorted patterns that lead through it.</summary>
internal static class InfixFilterBuilder
{
    /// <summary>With fewer, the trie itself says no as fast.</summary>
    private const int FewestInfixes = 16;

    /// <param name="patterns">Those that lead through the star, sorted.</param>
    /// <param name="depth">Where in each the characters behind the star are.</param>
    /// <returns>Null when the star has few infixes, or one too short to tell anything by.</returns>
    public static InfixFilter? Build(ReadOnlySpan<TriePattern> patterns, int depth)
    {
        // Sorted: the patterns that end with the star, then the endings, then the infixes.
        while (!patterns.IsEmpty && (patterns[0].Key.Length == depth || patterns[0].Key[depth] == TrieKey.FromEnd))
            patterns = patterns[1..];
        if (patterns.Length < FewestInfixes)
            return null;

        var length = InfixFilter.MaxLength;
        foreach (var pattern in patterns)
            length = Math.Min(length, pattern.Key.IndexOf(TrieKey.Star, depth) - depth);
        if (length < InfixFilter.MinLength)
            return null;

        var beginnings = 1;
        for (var i = 1; i < patterns.Length; i++)
            beginnings += patterns[i].Key.AsSpan(depth, length).SequenceEqual(patterns[i - 1].Key.AsSpan(depth, length)) ? 0 : 1;

        var filter = new InfixFilter(length, beginnings);
        foreach (var pattern in patterns)
            filter.Add(pattern.Key.AsSpan(depth));
        return filter;
    }
}
