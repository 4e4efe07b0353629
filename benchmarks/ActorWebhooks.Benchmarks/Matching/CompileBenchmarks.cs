using System.Collections.Immutable;
using ActorWebhooks.Matching;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Matching;

/// <summary>What a change of the configuration costs: 100,000 webhooks of three patterns each into one matcher.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    private const int Webhooks = 100_000;
    private const int PatternsOfEach = 3;

    private readonly ImmutableArray<Pattern>[] _patterns = new ImmutableArray<Pattern>[Webhooks];

    [GlobalSetup]
    public void CreatePatterns()
    {
        var single = PatternPopulation.Create(Webhooks * PatternsOfEach);
        for (var i = 0; i < Webhooks; i++)
            _patterns[i] = [single[i][0], single[i + Webhooks][0], single[i + (2 * Webhooks)][0]];
    }

    [Benchmark]
    public object Compile() => PatternMatcher.Compile(_patterns);
}
