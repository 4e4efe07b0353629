using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>How much longer one of two takes, as a sentence.</summary>
internal static class AddedLatency
{
    public static string Of(IReadOnlyList<RunReport> one, IReadOnlyList<RunReport> without)
    {
        var added = Medians.Median(one.Zip(without, (with, by) => with.Arrived!.P50 - by.Arrived!.P50));
        return $"The hop adds {MarkdownTable.Show(added, "0.000")} ms to the median latency (median of the differences in a round).";
    }
}
