namespace ActorWebhooks.Matching;

/// <summary>
/// A glob as the way through the trie that it stands for. What follows its last star can only be at the end of a type, so it is
/// read from there, backwards, once, and not tried at every position: <c>auth.*-ok</c> becomes <c>auth.*$ko-</c>.
/// </summary>
internal static class TrieKey
{
    /// <summary>Any run of characters. Like the other mark it sorts before every character of a type.</summary>
    public const char Star = '*';

    /// <summary>Stands behind a star: from here on backwards from the end of the type.</summary>
    public const char FromEnd = '$';

    public static bool IsMark(char c) => c is Star or FromEnd;

    public static int CountLiterals(ReadOnlySpan<char> key) => key.Length - key.Count(Star) - key.Count(FromEnd);

    public static string Of(string glob)
    {
        // Stars side by side say no more than one.
        while (glob.Contains("**", StringComparison.Ordinal))
            glob = glob.Replace("**", "*", StringComparison.Ordinal);

        var ending = glob.LastIndexOf(Star) + 1;
        return ending == 0 || ending == glob.Length
            ? glob
            : string.Create(glob.Length + 1, (glob, ending), static (key, from) =>
            {
                from.glob.AsSpan(0, from.ending).CopyTo(key);
                key[from.ending] = FromEnd;
                from.glob.AsSpan(from.ending).CopyTo(key[(from.ending + 1)..]);
                key[(from.ending + 1)..].Reverse();
            });
    }
}
