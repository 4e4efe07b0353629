namespace ActorWebhooks.Matching;

/// <summary>
/// The patterns of all listeners as one tree over characters and stars, with runs that do not branch folded into labels.
/// Flat arrays, because at 100,000 patterns an object a node would cost more than the patterns do. Never written after it is built.
/// </summary>
/// <param name="Nodes">The root first.</param>
/// <param name="Labels">Runs of literal characters that nodes point into.</param>
/// <param name="Filters">For each star that has many infixes behind it.</param>
/// <param name="Hits">For each node that ends a pattern: how many <see cref="PatternHit"/> values, then these.</param>
internal sealed record PatternTrie(TrieNode[] Nodes, char[] Labels, InfixFilter[] Filters, int[] Hits)
{
    public const int Root = 0;

    /// <param name="star">A node behind a star; it has no label.</param>
    public InfixFilter? FilterOf(in TrieNode star) => star.Annotation >= 0 ? Filters[star.Annotation] : null;

    public ReadOnlySpan<char> LabelOf(in TrieNode node) => Labels.AsSpan(node.Annotation, node.LabelLength);

    public ReadOnlySpan<int> HitsAt(int start) => Hits.AsSpan(start + 1, Hits[start]);
}
