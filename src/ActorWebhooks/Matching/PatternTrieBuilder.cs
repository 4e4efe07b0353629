using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ActorWebhooks.Matching;

/// <summary>
/// Builds the trie from the sorted keys: those that share a beginning stand side by side, so that a node is a range of them
/// and its children are the parts of that range. Ranges are worked off first come, first served, which puts siblings together.
/// </summary>
internal sealed class PatternTrieBuilder
{
    private readonly TriePattern[] _patterns;
    private readonly List<Range> _ranges = [];
    private readonly List<TrieNode> _nodes = [];
    private readonly List<char> _labels = [];
    private readonly List<InfixFilter> _filters = [];
    private readonly List<int> _hits = [];

    private PatternTrieBuilder(TriePattern[] patterns) => _patterns = patterns;

    public static PatternTrie Build(IReadOnlyList<ImmutableArray<Pattern>> patternsOfEachListener)
    {
        var builder = new PatternTrieBuilder(Sorted(patternsOfEachListener));
        builder._ranges.Add(new Range(0, builder._patterns.Length, LabelFrom: 0, Depth: 0, IsFromEnd: false));
        for (var i = 0; i < builder._ranges.Count; i++)
            builder.AddNode(builder._ranges[i]);

        return new PatternTrie([.. builder._nodes], [.. builder._labels], [.. builder._filters], [.. builder._hits]);
    }

    private static TriePattern[] Sorted(IReadOnlyList<ImmutableArray<Pattern>> patternsOfEachListener)
    {
        var patterns = new List<TriePattern>();
        for (var listener = 0; listener < patternsOfEachListener.Count; listener++)
        {
            foreach (var pattern in patternsOfEachListener[listener])
                patterns.Add(new TriePattern(TrieKey.Of(pattern.Glob), PatternHit.Encode(listener, pattern.IsExclude)));
        }

        patterns.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key) is var byKey and not 0 ? byKey : a.Hit.CompareTo(b.Hit));
        return [.. patterns];
    }

    private void AddNode(Range range)
    {
        var hits = AddHits(range, out var start);
        var (low, high, hasMarked) = (0UL, 0UL, false);
        var firstChild = _ranges.Count;
        while (start < range.End)
        {
            var c = _patterns[start].Key[range.Depth];
            if (TrieKey.IsMark(c))
                hasMarked = true;
            else if (c < 64)
                low |= 1UL << c;
            else
                high |= 1UL << c;

            var end = start + 1;
            while (end < range.End && _patterns[end].Key[range.Depth] == c)
                end++;
            var depth = DepthOfNext(start, end, range.Depth);
            _ranges.Add(new Range(start, end, range.Depth + 1, depth, range.IsFromEnd || c == TrieKey.FromEnd));
            start = end;
        }

        var isStar = range.Depth > 0 && _patterns[range.Start].Key[range.Depth - 1] == TrieKey.Star;
        var annotation = isStar ? AddFilter(range) : AddLabel(range);
        _nodes.Add(new TrieNode(
            low, high, hasMarked ? firstChild + 1 : firstChild, hasMarked, annotation, (byte)(range.Depth - range.LabelFrom), LeastRest(range), hits));
    }

    private byte LeastRest(Range range)
    {
        // Only the root of a trie without patterns.
        if (range.Start == range.End)
            return 0;
        var shortestType = int.MaxValue;
        foreach (var pattern in _patterns.AsSpan(range.Start, range.End - range.Start))
            shortestType = Math.Min(shortestType, pattern.ShortestType);
        return (byte)(shortestType - TrieKey.CountLiterals(_patterns[range.Start].Key.AsSpan(0, range.LabelFrom)));
    }

    /// <summary>The patterns that end at the node are the first of its range.</summary>
    private int AddHits(Range range, out int next)
    {
        next = range.Start;
        while (next < range.End && _patterns[next].Key.Length == range.Depth)
            next++;
        if (next == range.Start)
            return TrieNode.None;

        var start = _hits.Count;
        _hits.Add(next - range.Start);
        for (var i = range.Start; i < next; i++)
            _hits.Add(_patterns[i].Hit);
        return start;
    }

    /// <summary>How far the keys agree from <paramref name="depth"/> on; a mark has a node to itself, so it ends a label.</summary>
    private int DepthOfNext(int start, int end, int depth)
    {
        var rest = _patterns[start].Key.AsSpan(depth);
        if (TrieKey.IsMark(rest[0]))
            return depth + 1;

        var common = rest.CommonPrefixLength(_patterns[end - 1].Key.AsSpan(depth));
        var mark = rest[..common].IndexOfAny(TrieKey.Star, TrieKey.FromEnd);
        return depth + (mark < 0 ? common : mark);
    }

    private int AddFilter(Range range)
    {
        if (InfixFilterBuilder.Build(_patterns.AsSpan(range.Start, range.End - range.Start), range.Depth) is not { } filter)
            return TrieNode.None;
        _filters.Add(filter);
        return _filters.Count - 1;
    }

    /// <summary>As it stands in a type, also where the way through the trie leads backwards.</summary>
    private int AddLabel(Range range)
    {
        var start = _labels.Count;
        if (range.Depth > range.LabelFrom)
            _labels.AddRange(_patterns[range.Start].Key.AsSpan(range.LabelFrom, range.Depth - range.LabelFrom));
        if (range.IsFromEnd)
            CollectionsMarshal.AsSpan(_labels)[start..].Reverse();
        return start;
    }

    /// <summary>The keys that agree in their first <paramref name="Depth"/> characters.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Range(int Start, int End, int LabelFrom, int Depth, bool IsFromEnd);
}
