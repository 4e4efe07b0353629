using System.Collections.Immutable;
using ActorWebhooks.Matching;
using BenchmarkDotNet.Attributes;

namespace ActorWebhooks.Benchmarks.Matching;

/// <summary>What one event type costs at most: sets of 20,000 patterns made to be followed as far as possible, and a type made for each.</summary>
[MemoryDiagnoser]
public class WorstPatternBenchmarks
{
    private const int Patterns = 20_000;
    private const int TypeLength = 128;
    private const int Bits = 15;

    private static readonly string As = new('a', TypeLength);

    private PatternMatcher _matcher = null!;

    [Params(PatternSet.EachWithEightStars, PatternSet.EachWithOneStar, PatternSet.EachMatches)]
    public PatternSet Set { get; set; }

    [GlobalSetup]
    public void Compile() => _matcher = PatternMatcher.Compile([.. Enumerable.Range(0, Patterns).Select(i => ImmutableArray.Create(Pattern.Parse(Glob(i))))]);

    [Benchmark]
    public int Match() => _matcher.Match(As).Length;

    private string Glob(int i) => Set switch
    {
        PatternSet.EachWithEightStars => SevenStars(i) + "*b",
        PatternSet.EachWithOneStar => "*" + string.Concat(Enumerable.Range(0, Bits).Select(bit => (i >> bit & 1) == 0 ? "a" : "aa")) + i + "b",
        _ => SevenStars(i) + "*",
    };

    // Each differs from the others in where its stars stand, and all of it but its end is in the type.
    private static string SevenStars(int i)
    {
        var glob = "";
        for (var star = 0; star < Pattern.MaxStars - 1; star++)
        {
            glob += "*" + new string('a', 1 + (i % 4));
            i /= 4;
        }

        return glob;
    }

    public enum PatternSet
    {
        EachWithEightStars,
        EachWithOneStar,
        EachMatches,
    }
}
