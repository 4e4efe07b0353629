using ActorWebhooks.LoadTest.Receipts;
using static ActorWebhooks.LoadTest.Reporting.MarkdownTable;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>Medians of the percentiles of all turns in milliseconds, and the medians of the ratios within a round.</summary>
internal static class ReceiptTable
{
    public static string Of(IEnumerable<ReceiptReport> reports)
    {
        var table = new MarkdownTable(
            "database",
            "receipt p50 ms",
            "bare commit p50 ms",
            "receipt is times",
            "receipt p99 ms",
            "bare commit p99 ms",
            "receipt is times");
        foreach (var r in reports)
        {
            table.Add([
                $"{r.Database}",
                .. Compare(r, sample => sample.P50),
                .. Compare(r, sample => sample.P99)]);
        }

        return table.ToString();
    }

    private static string[] Compare(ReceiptReport report, Func<LatencySample, double> percentile)
    {
        var (receipts, commits) = (report.Receipts.Select(percentile), report.Commits.Select(percentile));
        return
        [
            Show(Medians.Median(receipts), "0.000"),
            Show(Medians.Median(commits), "0.000"),
            Show(Medians.Median(receipts.Zip(commits, (receipt, commit) => receipt / commit)), "0.00"),
        ];
    }
}
