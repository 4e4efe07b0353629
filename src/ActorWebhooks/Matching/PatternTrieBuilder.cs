using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ActorWebhooks.Matching;

/// <summary>
/// Builds the trie from the sorted patterns: those that share a beginning stand side by side, so that a node is a range of them
/// and its children are the parts of that range. Ranges are worked off first come, first served, which puts siblings together.
/// </summary>
internal sealed class PatternTrieBuilder
{
    private readonly (string Glob, int Hit)[] _patterns;
    private readonly List<Range> _ranges = [];
    private readonly List<TrieNode> _nodes = [];
    private readonly List<char> _labels = [];
    private readonly List<int> _hits = [];

    private PatternTrieBuilder((string Glob, int Hit)[] patterns) => _patterns = patterns;

    public static PatternTrie Build(IReadOnlyList<ImmutableArray<Pattern>> patternsOfEachListener)
    {
        var builder = new PatternTrieBuilder(Sorted(patternsOfEachListener));
        builder._ranges.Add(new Range(0, builder._patterns.Length, LabelFrom: 0, Depth: 0));
        for (var i = 0; i < builder._ranges.Count; i++)
            builder.AddNode(builder._ranges[i]);

        return new PatternTrie([.. builder._nodes], [.. builder._labels], [.. builder._hits]);
    }

    private static (string Glob, int Hit)[] Sorted(IReadOnlyList<ImmutableArray<Pattern>> patternsOfEachListener)
    {
        var patterns = new List<(string Glob, int Hit)>();
        for (var listener = 0; listener < patternsOfEachListener.Count; listener++)
        {
            foreach (var pattern in patternsOfEachListener[listener])
                patterns.Add((WithoutRepeatedStars(pattern.Glob), PatternHit.Encode(listener, pattern.IsExclude)));
        }

        patterns.Sort(static (a, b) => string.CompareOrdinal(a.Glob, b.Glob) is var byGlob and not 0 ? byGlob : a.Hit.CompareTo(b.Hit));
        return [.. patterns];
    }

    private static string WithoutRepeatedStars(string glob)
    {
        while (glob.Contains("**", StringComparison.Ordinal))
            glob = glob.Replace("**", "*", StringComparison.Ordinal);
        return glob;
    }

    private void AddNode(Range range)
    {
        var hits = AddHits(range, out var start);
        var (low, high, hasStar) = (0UL, 0UL, false);
        var firstChild = _ranges.Count;
        while (start < range.End)
        {
            var c = _patterns[start].Glob[range.Depth];
            if (c == '*')
                hasStar = true;
            else if (c < 64)
                low |= 1UL << c;
            else
                high |= 1UL << c;

            var end = start + 1;
            while (end < range.End && _patterns[end].Glob[range.Depth] == c)
                end++;
            _ranges.Add(new Range(start, end, LabelFrom: range.Depth + 1, DepthOfNext(start, end, range.Depth)));
            start = end;
        }

        var labelStart = AddLabel(range);
        _nodes.Add(new TrieNode(
            low, high, hasStar ? firstChild + 1 : firstChild, hasStar, labelStart, (byte)(range.Depth - range.LabelFrom), hits));
    }

    /// <summary>The patterns that end at the node are the first of its range.</summary>
    private int AddHits(Range range, out int next)
    {
        next = range.Start;
        while (next < range.End && _patterns[next].Glob.Length == range.Depth)
            next++;
        if (next == range.Start)
            return TrieNode.None;

        var start = _hits.Count;
        _hits.Add(next - range.Start);
        for (var i = range.Start; i < next; i++)
            _hits.Add(_patterns[i].Hit);
        return start;
    }

    /// <summary>How far the patterns agree from <paramref name="depth"/> on; a star has a node to itself, so it ends a label.</summary>
    private int DepthOfNext(int start, int end, int depth)
    {
        var rest = _patterns[start].Glob.AsSpan(depth);
        if (rest[0] == '*')
            return depth + 1;

        var common = rest.CommonPrefixLength(_patterns[end - 1].Glob.AsSpan(depth));
        var star = rest[..common].IndexOf('*');
        return depth + (star < 0 ? common : star);
    }

    private int AddLabel(Range range)
    {
        var start = _labels.Count;
        if (range.Depth > range.LabelFrom)
            _labels.AddRange(_patterns[range.Start].Glob.AsSpan(range.LabelFrom, range.Depth - range.LabelFrom));
        return start;
    }

    /// <summary>The patterns that agree in their first <paramref name="Depth"/> characters.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Range(int Start, int End, int LabelFrom, int Depth);
}
