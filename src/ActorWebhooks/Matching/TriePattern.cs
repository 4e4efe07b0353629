using System.Runtime.InteropServices;

namespace ActorWebhooks.Matching;

/// <summary>One pattern on its way into the trie.</summary>
/// <param name="Key">The <see cref="TrieKey"/> of its glob.</param>
/// <param name="Hit">Its <see cref="PatternHit"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TriePattern(string Key, int Hit)
{
    /// <summary>How many characters the shortest type has that the pattern covers.</summary>
    public int ShortestType { get; } = TrieKey.CountLiterals(Key);
}
