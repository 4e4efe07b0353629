using System.Collections.Concurrent;

namespace ActorWebhooks.Server.Tests.Stalls.Harness;

/// <summary>How long things took. Written to from any thread.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentQueue<TimeSpan> _all = new();

    public int Count => _all.Count;

    public void Add(TimeSpan latency) => _all.Enqueue(latency);

    /// <summary>What 99 of 100 did not exceed.</summary>
    public TimeSpan P99 => Percentile(0.99);

    public TimeSpan Max => _all.Max();

    public override string ToString() =>
        FormattableString.Invariant($"{Count}: median {Percentile(0.5).TotalMilliseconds:0.0} ms, p99 {P99.TotalMilliseconds:0.0} ms, max {Max.TotalMilliseconds:0} ms");

    private TimeSpan Percentile(double part)
    {
        var sorted = _all.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * part) - 1)];
    }
}
