using ActorWebhooks.LoadTest.Backlog;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>A line for each backlog.</summary>
internal static class BacklogCsv
{
    private const string Head =
        "journal,events,idle_bytes,idle_heap_bytes,fill_seconds,refused,filled_bytes,filled_heap_bytes,peak_bytes,settled_bytes,settled_heap_bytes,"
        + "collected_bytes,collected_heap_bytes,first_seconds,all_seconds,drain_peak_bytes,arrived,repeated";

    public static Task AppendAsync(string file, IEnumerable<BacklogReport> reports, CancellationToken cancellationToken) =>
        Csv.AppendAsync(file, Head, reports.Select(LineOf), cancellationToken);

    private static object[] LineOf(BacklogReport r) =>
    [
        r.Database, r.Events, r.Idle.WorkingSet, r.Idle.Heap, Math.Round(r.FillSeconds, 3), r.Filled.Refused, r.Filled.WorkingSet, r.Filled.Heap,
        r.Settled.Peak, r.Settled.WorkingSet, r.Settled.Heap, r.Collected.WorkingSet, r.Collected.Heap, Math.Round(r.FirstSeconds, 3),
        Math.Round(r.AllSeconds, 3), r.DrainPeak, r.Arrived!.Events, r.Arrived.Repeated,
    ];
}
