using ActorWebhooks.LoadTest.Backlog;
using static ActorWebhooks.LoadTest.Reporting.MarkdownTable;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>A line for each backlog. Memory is in MiB; the idle process is given whole, everything else as what is above it.</summary>
internal static class BacklogTable
{
    private const double MiB = 1024 * 1024;

    public static string Of(IEnumerable<BacklogReport> reports)
    {
        var table = new MarkdownTable(
            "journal",
            "events",
            "idle (heap)",
            "peak above it",
            "settled above it (heap)",
            "collected above it (heap)",
            "accepted/s",
            "refused and published again",
            "first delivery s",
            "all delivered s",
            "peak of the second process",
            "delivered twice");
        foreach (var r in reports)
        {
            table.Add(
                $"{r.Database}",
                Show(r.Events, "N0"),
                $"{Show(r.Idle.WorkingSet / MiB, "0")} ({Show(r.Idle.Heap / MiB, "0.0")})",
                Show((r.Settled.Peak - r.Idle.WorkingSet) / MiB, "0"),
                Above(r.Settled, r.Idle),
                Above(r.Collected, r.Idle),
                Show(r.Events / r.FillSeconds, "N0"),
                Show(r.Filled.Refused, "N0"),
                Show(r.FirstSeconds, "0.00"),
                Show(r.AllSeconds, "0.0"),
                Show(r.DrainPeak / MiB, "0"),
                Show(r.Arrived!.Repeated, "N0"));
        }

        return table.ToString();
    }

    private static string Above(MemoryReport report, MemoryReport idle) =>
        $"{Show((report.WorkingSet - idle.WorkingSet) / MiB, "0")} ({Show((report.Heap - idle.Heap) / MiB, "0.0")})";
}
