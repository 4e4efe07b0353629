using ActorWebhooks.LoadTest.Receiving;
using ActorWebhooks.LoadTest.Running;
using static ActorWebhooks.LoadTest.Reporting.MarkdownTable;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>Medians of the latency percentiles of each contender, in milliseconds, and the first one's ratios to each.</summary>
internal static class LatencyTable
{
    private static readonly (string Name, Func<ArrivalReport, double> Of)[] Percentiles =
        [("p50", r => r.P50), ("p90", r => r.P90), ("p99", r => r.P99), ("p99.9", r => r.P999), ("max", r => r.Max)];

    public static string Of(IReadOnlyList<IReadOnlyList<RunReport>> contenders)
    {
        var table = new MarkdownTable(["milliseconds", .. Percentiles.Select(p => p.Name), "the first is times (p50, p99)"]);
        foreach (var one in contenders)
        {
            table.Add([
                one[0].Plan.Contender,
                .. Percentiles.Select(p => Show(one.Of(r => p.Of(r.Arrived!)), "0.000")),
                $"{Ratio(contenders[0], one, r => r.P50)}, {Ratio(contenders[0], one, r => r.P99)}"]);
        }

        return table.ToString();
    }

    private static string Ratio(IReadOnlyList<RunReport> first, IReadOnlyList<RunReport> one, Func<ArrivalReport, double> percentile) =>
        Show(first.RatioTo(one, r => percentile(r.Arrived!)), "0.00");
}
