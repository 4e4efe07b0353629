using ActorWebhooks.LoadTest.Running;
using static ActorWebhooks.LoadTest.Reporting.MarkdownTable;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>Medians of each contender, and the first one's ratios to each.</summary>
internal static class ThroughputTable
{
    public static string Of(IReadOnlyList<IReadOnlyList<RunReport>> contenders)
    {
        var first = contenders[0];
        var table = new MarkdownTable(
            "contender",
            "events/s",
            "the first is times",
            "CPU s per million",
            "the first takes",
            "receiver CPU s per million",
            "requests/s",
            "bytes/event",
            "allocated/event",
            "peak MiB",
            "gen 0/1/2");
        foreach (var one in contenders)
        {
            table.Add(
                one[0].Plan.Contender,
                Show(one.Of(r => r.EventsPerSecond), "N0"),
                Show(first.RatioTo(one, r => r.EventsPerSecond), "0.00"),
                Show(one.Of(r => r.CpuPerMillion), "0.00"),
                Show(first.RatioTo(one, r => r.CpuPerMillion), "0.00"),
                Show(one.Of(r => r.ReceiverCpuSeconds * 1e6 / r.Arrived!.Events), "0.00"),
                Show(one.Of(r => r.Arrived!.Requests / r.Seconds), "N0"),
                Show(one.Of(r => (double)r.Arrived!.Bytes / r.Arrived.Events), "0"),
                Show(one.Of(r => r.AllocatedPerEvent), "0"),
                Show(one.Of(r => r.PeakBytes / 1048576.0), "0"),
                $"{Show(one.Of(r => r.Gen0), "0")}/{Show(one.Of(r => r.Gen1), "0")}/{Show(one.Of(r => r.Gen2), "0")}");
        }

        return table.ToString();
    }
}
