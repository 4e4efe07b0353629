using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ActorWebhooks.Routing;

/// <summary>
/// One route for all event types that go to the same webhooks: where thousands of webhooks hear of everything, a route of its own for
/// each type would be the largest thing in memory.
/// </summary>
internal sealed class SharedRoutes
{
    private const int Capacity = 1000;

    private readonly ConcurrentDictionary<ImmutableArray<int>, EventRoute> _routes = new(SameMatches.Instance);

    public EventRoute GetOrAdd(ImmutableArray<int> matches, Func<ImmutableArray<int>, EventRoute> make)
    {
        if (_routes.TryGetValue(matches, out var route))
            return route;
        if (_routes.Count >= Capacity)
            _routes.Clear();
        return _routes.GetOrAdd(matches, make);
    }

    private sealed class SameMatches : IEqualityComparer<ImmutableArray<int>>
    {
        public static readonly SameMatches Instance = new();

        public bool Equals(ImmutableArray<int> x, ImmutableArray<int> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode([DisallowNull] ImmutableArray<int> matches)
        {
            var hash = default(HashCode);
            foreach (var match in matches)
                hash.Add(match);
            return hash.ToHashCode();
        }
    }
}
