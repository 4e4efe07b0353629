using System.Text.RegularExpressions;
using ActorWebhooks.Matching;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Matching;

/// <summary>
/// All patterns as one compiled <see cref="Regex"/>. It answers less: whether anybody listens, and not who. 10,000 patterns take it seconds
/// to compile, 30,000 half a minute, and at 100,000 the runtime refuses the code (<see cref="InvalidProgramException"/>).
/// </summary>
[MemoryDiagnoser]
public class RegexBenchmarks
{
    private const int TypeCount = 16;

    private readonly string[] _types = PatternPopulation.ReadTypes(TypeCount);
    private PatternMatcher _matcher = null!;
    private Regex _alternation = null!;

    [Params(10, 1_000, 10_000)]
    public int Patterns { get; set; }

    [GlobalSetup]
    public void Compile()
    {
        var listeners = PatternPopulation.Create(Patterns);
        _matcher = PatternMatcher.Compile(listeners);
        _alternation = PeerPatterns.Alternation(PeerPatterns.Globs(listeners));
        foreach (var type in _types)
        {
            if (_alternation.IsMatch(type) == _matcher.Match(type).IsEmpty)
                throw new InvalidOperationException($"The two do not agree about {type}.");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = TypeCount)]
    public int Ours()
    {
        var reached = 0;
        foreach (var type in _types)
            reached += _matcher.Match(type).Length;
        return reached;
    }

    [Benchmark(OperationsPerInvoke = TypeCount)]
    public int Alternation()
    {
        var matched = 0;
        foreach (var type in _types)
            matched += _alternation.IsMatch(type) ? 1 : 0;
        return matched;
    }
}
