using ActorWebhooks.LoadTest.Receipts;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>A line for each round, in milliseconds.</summary>
internal static class ReceiptCsv
{
    private const string Head = "database,receipt_p50,receipt_p99,commit_p50,commit_p99";

    public static Task AppendAsync(string file, IEnumerable<ReceiptReport> reports, CancellationToken cancellationToken) =>
        Csv.AppendAsync(file, Head, reports.SelectMany(LinesOf), cancellationToken);

    private static IEnumerable<object[]> LinesOf(ReceiptReport r) => r.Receipts.Zip(
        r.Commits, (receipt, commit) => new object[] { r.Database, receipt.P50, receipt.P99, commit.P50, commit.P99 });
}
