namespace ActorWebhooks.Matching;

/// <summary>Makes the filter for a star, from the sorted keys that lead through it.</summary>
internal static class InfixFilterBuilder
{
    /// <summary>With fewer, the trie itself says no as fast.</summary>
    private const int FewestInfixes = 16;

    /// <param name="keys">Those that lead through the star, sorted.</param>
    /// <param name="depth">Where in each the characters behind the star are.</param>
    /// <returns>Null when the star has few infixes, or one too short to tell anything by.</returns>
    public static InfixFilter? Build(ReadOnlySpan<(string Key, int Hit)> keys, int depth)
    {
        // Sorted: the patterns that end with the star, then the endings, then the infixes.
        while (!keys.IsEmpty && (keys[0].Key.Length == depth || keys[0].Key[depth] == TrieKey.FromEnd))
            keys = keys[1..];
        if (keys.Length < FewestInfixes)
            return null;

        var length = InfixFilter.MaxLength;
        foreach (var (key, _) in keys)
            length = Math.Min(length, key.IndexOf(TrieKey.Star, depth) - depth);
        if (length < InfixFilter.MinLength)
            return null;

        var beginnings = 1;
        for (var i = 1; i < keys.Length; i++)
            beginnings += keys[i].Key.AsSpan(depth, length).SequenceEqual(keys[i - 1].Key.AsSpan(depth, length)) ? 0 : 1;

        var filter = new InfixFilter(length, beginnings);
        foreach (var (key, _) in keys)
            filter.Add(key.AsSpan(depth));
        return filter;
    }
}
