using System.Diagnostics;
using HdrHistogram;

namespace ActorWebhooks.LoadTest.Receiving;

/// <summary>What has arrived since the last look.</summary>
/// <param name="numbers">Null where events have a reading of the clock.</param>
internal sealed class Arrivals(SharedCount count, EventNumbers? numbers)
{
    private static readonly long Longest = 600 * Stopwatch.Frequency;

    private readonly Lock _lock = new();
    private readonly LongHistogram _latencies = new(Longest, 3);
    private long _requests;
    private long _bytes;
    private long _repeated;

    /// <param name="sentAt">The clock readings in the events of one request.</param>
    public void Add(List<long> sentAt, long bytes)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            _requests++;
            _bytes += bytes;
            if (numbers is not null)
                _repeated += sentAt.Count(number => !numbers.Add(number));
            foreach (var at in sentAt)
                _latencies.RecordValue(Math.Clamp(now - at, 0, Longest));
            count.Value += sentAt.Count;
        }
    }

    /// <summary>Tells, and begins anew.</summary>
    public ArrivalReport Take()
    {
        lock (_lock)
        {
            var report = new ArrivalReport(
                _latencies.TotalCount,
                _requests,
                _bytes,
                Milliseconds(50), Milliseconds(90), Milliseconds(99), Milliseconds(99.9), Milliseconds(100),
                _repeated);
            _latencies.Reset();
            (_requests, _bytes, _repeated) = (0, 0, 0);
            return report;
        }
    }

    private double Milliseconds(double percentile) =>
        _latencies.TotalCount == 0 ? 0 : _latencies.GetValueAtPercentile(percentile) * 1000.0 / Stopwatch.Frequency;
}

/// <param name="P50">Milliseconds from the making of the event to the arrival of the whole request that it is in; so are the others.</param>
/// <param name="Repeated">How many of the events had arrived before, where they are numbered.</param>
internal sealed record ArrivalReport(
    long Events, long Requests, long Bytes, double P50, double P90, double P99, double P999, double Max, long Repeated);
