using System.IO.Enumeration;
using ActorWebhooks.Matching;
using BenchmarkDotNet.Attributes;
using MQTTnet;

namespace ActorWebhooks.Benchmarks.Matching;

/// <summary>
/// The same question as in <see cref="MatchBenchmarks"/>, asked of what is at hand elsewhere, which has to look at every pattern; so the
/// figures are means over fewer types.
/// </summary>
[MemoryDiagnoser]
public class PeerBenchmarks
{
    private const int TypeCount = 16;

    private string[] _types = [];
    private string[] _topics = [];
    private string[] _globs = [];
    private string[] _filters = [];
    private PatternMatcher _matcher = null!;

    [Params(10, 1_000, 100_000)]
    public int Patterns { get; set; }

    [GlobalSetup]
    public void Translate()
    {
        _types = PatternPopulation.ReadTypes(TypeCount);
        _topics = [.. _types.Select(PeerPatterns.Topic)];
        var listeners = PatternPopulation.Create(Patterns);
        _matcher = PatternMatcher.Compile(listeners);
        _globs = PeerPatterns.Globs(listeners);
        _filters = [.. _globs.Select(PeerPatterns.TopicFilter)];
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
    public int FileSystemNames()
    {
        var reached = 0;
        foreach (var type in _types)
        {
            foreach (var glob in _globs)
                reached += FileSystemName.MatchesSimpleExpression(glob, type, ignoreCase: false) ? 1 : 0;
        }

        return reached;
    }

    [Benchmark(OperationsPerInvoke = TypeCount)]
    public int MqttTopicFilters()
    {
        var reached = 0;
        foreach (var topic in _topics)
        {
            foreach (var filter in _filters)
                reached += MqttTopicFilterComparer.Compare(topic, filter) == MqttTopicFilterCompareResult.IsMatch ? 1 : 0;
        }

        return reached;
    }
}
