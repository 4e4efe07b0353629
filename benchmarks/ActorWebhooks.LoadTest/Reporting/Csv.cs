using System.Globalization;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>A line for each run, with everything in it that is drawn or counted later.</summary>
internal static class Csv
{
    private const string Head =
        "contender,webhooks,fan_out,tenants,patterns,event_bytes,producers,rate,throttle_ms,deliveries,deliveries_per_second,bytes,"
        + "cpu_per_million,receiver_cpu_per_million,allocated_per_event,idle_bytes,idle_heap_bytes,peak_bytes,start_seconds,gen0,gen1,gen2,p50,p90,p99,p999,max";

    public static async Task AppendAsync(string file, IEnumerable<RunReport> reports, CancellationToken cancellationToken)
    {
        var isNew = !File.Exists(file);
        await using var writer = new StreamWriter(file, append: true);
        if (isNew)
            await writer.WriteLineAsync(Head);
        foreach (var report in reports)
            await writer.WriteLineAsync(LineOf(report).AsMemory(), cancellationToken);
    }

    private static string LineOf(RunReport r)
    {
        var (plan, webhooks, arrived) = (r.Plan, r.Plan.Webhooks, r.Arrived!);
        object[] cells =
        [
            plan.Contender, webhooks.Count, webhooks.FanOut, webhooks.Tenants, webhooks.Patterns, plan.EventBytes, plan.Producers, plan.Rate,
            plan.ThrottleMilliseconds, arrived.Events, Math.Round(r.EventsPerSecond), arrived.Bytes, Math.Round(r.CpuPerMillion, 3),
            Math.Round(r.ReceiverCpuSeconds * 1e6 / arrived.Events, 3), Math.Round(r.AllocatedPerEvent), r.IdleBytes, r.IdleHeapBytes, r.PeakBytes,
            Math.Round(r.StartSeconds, 3), r.Gen0, r.Gen1, r.Gen2, arrived.P50, arrived.P90, arrived.P99, arrived.P999, arrived.Max,
        ];
        return string.Join(',', cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)));
    }
}
