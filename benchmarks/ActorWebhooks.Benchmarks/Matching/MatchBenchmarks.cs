using ActorWebhooks.Matching;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Matching;

/// <summary>What it costs to find the listeners of one event; the figures are means over all types of a real application.</summary>
[MemoryDiagnoser]
public class MatchBenchmarks
{
    private const int TypeCount = 664;

    private readonly string[] _types = PatternPopulation.ReadTypes();
    private readonly MatchCache<object> _cache = new(capacity: 4096);
    private PatternMatcher _matcher = null!;

    [Params(10, 1_000, 100_000)]
    public int Patterns { get; set; }

    [GlobalSetup]
    public void Compile()
    {
        if (_types.Length != TypeCount)
            throw new InvalidOperationException($"Found {_types.Length} types; the figures are divided by {TypeCount}.");
        _matcher = PatternMatcher.Compile(PatternPopulation.Create(Patterns));
        Cached();
    }

    [Benchmark(OperationsPerInvoke = TypeCount)]
    public int Uncached()
    {
        var reached = 0;
        foreach (var type in _types)
            reached += _matcher.Match(type).Length;
        return reached;
    }

    [Benchmark(OperationsPerInvoke = TypeCount)]
    public object? Cached()
    {
        object? routes = null;
        foreach (var type in _types)
            routes = _cache.GetOrAdd(type, _matcher, static (t, matcher) => (object)matcher.Match(t));
        return routes;
    }
}
