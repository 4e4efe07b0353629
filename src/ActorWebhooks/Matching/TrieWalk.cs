using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorWebhooks.Matching;

/// <summary>
/// One event type's way through a trie. Between stars the way is certain: one walk down for each position at which it may begin.
/// A star that is reached again later adds nothing to the first time, so each is worked off once, from its earliest position;
/// that keeps the work under stars × length × length, whatever the patterns are.
/// </summary>
internal sealed class TrieWalk
{
    private const int MostHitsKept = 64 * 1024;

    [ThreadStatic]
    private static TrieWalk? _idle;

    private readonly List<(int Node, int From)> _stars = [];
    private readonly List<int> _hits = [];
    private ulong[] _reached = [];

    /// <summary>Nodes looked at so far by the walk under way.</summary>
    public int Visits { get; private set; }

    /// <summary>The thread's walk with its buffers; end it with <see cref="Return"/>.</summary>
    public static TrieWalk Rent()
    {
        var walk = _idle ?? new TrieWalk();
        // Whoever throws between here and Return leaves nothing half-cleared behind.
        _idle = null;
        return walk;
    }

    public void Return()
    {
        foreach (var (star, _) in CollectionsMarshal.AsSpan(_stars))
            _reached[star >> 6] = 0;
        _stars.Clear();
        _hits.Clear();
        Visits = 0;
        if (_hits.Capacity <= MostHitsKept)
            _idle = this;
    }

    /// <summary>The <see cref="PatternHit"/> values of all patterns that cover <paramref name="type"/>, valid until <see cref="Return"/>.</summary>
    /// <remarks>
    /// Not inlined: into a caller it would take along the calls in its own loops, which the compiler then has no budget left to inline, and
    /// a match would cost more than twice as much.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Span<int> Run(PatternTrie trie, ReadOnlySpan<char> type)
    {
        var words = (trie.Nodes.Length + 63) >> 6;
        if (_reached.Length < words)
            _reached = new ulong[words];

        Descend(trie, PatternTrie.Root, type, 0);
        for (var i = 0; i < _stars.Count; i++)
            ExpandStar(trie, _stars[i].Node, type, _stars[i].From);
        return CollectionsMarshal.AsSpan(_hits);
    }

    private void ExpandStar(PatternTrie trie, int star, ReadOnlySpan<char> type, int from)
    {
        ref readonly var node = ref trie.Nodes[star];
        AddHits(trie, node);
        if (node.Marked >= 0)
            DescendFromEnd(trie, node.Marked, type[from..]);
        if (!node.HasLiterals)
            return;

        if (trie.FilterOf(node) is { } filter)
        {
            for (; from < type.Length; from += InfixFilter.Positions)
            {
                for (var candidates = filter.Candidates(type[from..]); candidates != 0; candidates &= candidates - 1)
                    Begin(trie, node, type, from + BitOperations.TrailingZeroCount(candidates));
            }
        }
        else
        {
            for (; from < type.Length; from++)
                Begin(trie, node, type, from);
        }
    }

    private void Begin(PatternTrie trie, in TrieNode star, ReadOnlySpan<char> type, int at)
    {
        Visits++;
        Descend(trie, star.Literal(type[at]), type, at + 1);
    }

    /// <summary>Enters <paramref name="child"/>, whose first character was read already, and what is below it.</summary>
    private void Descend(PatternTrie trie, int child, ReadOnlySpan<char> type, int at)
    {
        while (child >= 0)
        {
            Visits++;
            ref readonly var node = ref trie.Nodes[child];
            if (type.Length - at < node.LeastRest)
                return;
            if (node.LabelLength > 0 && !type[at..].StartsWith(trie.LabelOf(node)))
                return;
            at += node.LabelLength;
            if (node.Marked >= 0)
                Reach(node.Marked, at);
            if (at == type.Length)
            {
                AddHits(trie, node);
                return;
            }

            child = node.Literal(type[at++]);
        }
    }

    private void DescendFromEnd(PatternTrie trie, int child, ReadOnlySpan<char> rest)
    {
        while (child >= 0)
        {
            Visits++;
            ref readonly var node = ref trie.Nodes[child];
            if (rest.Length < node.LeastRest)
                return;
            if (node.LabelLength > 0 && !rest.EndsWith(trie.LabelOf(node)))
                return;
            rest = rest[..^node.LabelLength];
            AddHits(trie, node);
            if (rest.IsEmpty)
                return;
            child = node.Literal(rest[^1]);
            rest = rest[..^1];
        }
    }

    private void AddHits(PatternTrie trie, in TrieNode node)
    {
        if (node.Hits >= 0)
            _hits.AddRange(trie.HitsAt(node.Hits));
    }

    private void Reach(int star, int at)
    {
        ref var word = ref _reached[star >> 6];
        var bit = 1UL << star;
        if ((word & bit) != 0)
            return;
        word |= bit;
        _stars.Add((star, at));
    }
}
