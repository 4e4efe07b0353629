using System.Collections.Immutable;

namespace ActorWebhooks.Matching;

/// <summary>
/// Which listeners an event type reaches. A listener is reached when one of its includes covers the type and none of its excludes
/// does. What a match costs depends on the patterns that the type agrees with, not on how many others there are. Immutable.
/// </summary>
internal sealed class PatternMatcher
{
    private readonly PatternTrie _trie;

    private PatternMatcher(PatternTrie trie) => _trie = trie;

    /// <param name="patternsOfEachListener">A listener is called by its index here.</param>
    public static PatternMatcher Compile(IReadOnlyList<ImmutableArray<Pattern>> patternsOfEachListener)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patternsOfEachListener.Count, PatternHit.MaxListeners);
        return new PatternMatcher(PatternTrieBuilder.Build(patternsOfEachListener));
    }

    /// <summary>The indexes of the listeners that <paramref name="type"/> reaches, ascending, each once.</summary>
    public ImmutableArray<int> Match(ReadOnlySpan<char> type)
    {
        var walk = TrieWalk.Rent();
        var listeners = Resolve(walk.Run(_trie, type));
        walk.Return();
        return listeners;
    }

    /// <summary>How many nodes of the trie a match looks at: what it costs, free of the machine's mood.</summary>
    public int CountVisits(ReadOnlySpan<char> type)
    {
        var walk = TrieWalk.Rent();
        walk.Run(_trie, type);
        var visits = walk.Visits;
        walk.Return();
        return visits;
    }

    private static ImmutableArray<int> Resolve(Span<int> hits)
    {
        hits.Sort();
        var count = 0;
        for (var i = 0; i < hits.Length;)
        {
            var (listener, isExcluded) = (PatternHit.ListenerOf(hits[i]), PatternHit.IsExclude(hits[i]));
            while (i < hits.Length && PatternHit.ListenerOf(hits[i]) == listener)
                i++;
            if (!isExcluded)
                hits[count++] = listener;
        }

        return ImmutableArray.Create<int>(hits[..count]);
    }
}
