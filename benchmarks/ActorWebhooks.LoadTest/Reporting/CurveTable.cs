using ActorWebhooks.LoadTest.Running;
using static ActorWebhooks.LoadTest.Reporting.MarkdownTable;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>The points of a curve; bytes of a webhook are what a point has on its heap before its first event, over the first point.</summary>
internal static class CurveTable
{
    public static string Of(IReadOnlyList<IReadOnlyList<RunReport>> points)
    {
        var first = points[0][0];
        var table = new MarkdownTable(
            "webhooks / fan-out / tenants / patterns",
            "contender, event bytes, producers",
            "deliveries/s",
            "MB/s",
            "CPU s per million deliveries",
            "start s",
            "idle MiB",
            "peak MiB",
            "bytes of a webhook");
        foreach (var point in points.Select(point => point[0]))
        {
            var (plan, webhooks) = (point.Plan, point.Plan.Webhooks);
            table.Add(
                Show(webhooks.Count, "N0") + $" / {webhooks.FanOut} / {webhooks.Tenants} / " + Show(webhooks.Patterns, "N0"),
                $"{plan.Contender}, {plan.EventBytes}, {plan.Producers}",
                Show(point.EventsPerSecond, "N0"),
                Show(point.Arrived!.Bytes / point.Seconds / 1e6, "0"),
                Show(point.CpuPerMillion, "0.00"),
                Show(point.StartSeconds, "0.0"),
                Show(point.IdleBytes / 1048576.0, "0"),
                Show(point.PeakBytes / 1048576.0, "0"),
                webhooks.Count == 1 ? "" : Show((double)(point.IdleHeapBytes - first.IdleHeapBytes) / (webhooks.Count - 1), "N0"));
        }

        return table.ToString();
    }
}
