using System.Collections.Concurrent;

namespace ActorWebhooks.Matching;

/// <summary>
/// Remembers what was made of each event type, for one matcher. Two generations bound it: when the young one is full it becomes
/// the old one, the former old one goes, and what is asked for again moves to the young one. A hit takes no lock and allocates nothing.
/// </summary>
/// <param name="capacity">
/// The most types held, 2 or more. Valid types have at most 128 characters, so this bounds the bytes too.
/// </param>
internal sealed class MatchCache<T>(int capacity)
    where T : notnull
{
    private readonly int _room = capacity >= 2
        ? capacity / 2
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A match cache holds 2 types or more.");

    private volatile Generations _generations = new(new Generation(), new Generation());

    public int Count => _generations is var g ? g.Young.Entries.Count + g.Old.Entries.Count : 0;

    /// <param name="type">A valid event type.</param>
    /// <param name="argument">Handed to <paramref name="make"/>, so that it can be a static function.</param>
    /// <param name="make">Must give equal values for the same type; concurrent callers may each call it once.</param>
    public T GetOrAdd<TArgument>(string type, TArgument argument, Func<string, TArgument, T> make)
    {
        var (young, old) = _generations;
        if (young.Entries.TryGetValue(type, out var value))
            return value;
        if (!old.Entries.TryGetValue(type, out value))
            value = make(type, argument);
        Add(type, value);
        return value;
    }

    private void Add(string type, T value)
    {
        while (true)
        {
            var generations = _generations;
            if (generations.Young.TryAdd(type, value, _room))
                return;
            var aged = new Generations(new Generation(), generations.Young);
            Interlocked.CompareExchange(ref _generations, aged, generations);
        }
    }

    private sealed record Generations(Generation Young, Generation Old);

    private sealed class Generation
    {
        private int _taken;

        public ConcurrentDictionary<string, T> Entries { get; } = new(StringComparer.Ordinal);

        /// <summary>False when it is full. A place is taken before the entry goes in, so that concurrent callers keep the bound.</summary>
        public bool TryAdd(string type, T value, int room)
        {
            if (Interlocked.Increment(ref _taken) > room)
                return false;
            if (!Entries.TryAdd(type, value))
                Interlocked.Decrement(ref _taken);
            return true;
        }
    }
}
