using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>A line for each run, with everything in it that is drawn or counted later.</summary>
internal static class RunCsv
{
    private const string Head =
        "contender,webhooks,fan_out,tenants,patterns,event_bytes,producers,rate,throttle_ms,deliveries,deliveries_per_second,bytes,"
        + "cpu_per_million,receiver_cpu_per_million,allocated_per_event,idle_bytes,idle_heap_bytes,peak_bytes,start_seconds,gen0,gen1,gen2,p50,p90,p99,p999,max";

    public static Task AppendAsync(string file, IEnumerable<RunReport> reports, CancellationToken cancellationToken) =>
        Csv.AppendAsync(file, Head, reports.Select(LineOf), cancellationToken);

    private static object[] LineOf(RunReport r)
    {
        var (plan, webhooks, arrived) = (r.Plan, r.Plan.Webhooks, r.Arrived!);
        return
        [
            plan.Contender, webhooks.Count, webhooks.FanOut, webhooks.Tenants, webhooks.Patterns, plan.EventBytes, plan.Producers, plan.Rate,
            plan.ThrottleMilliseconds, arrived.Events, Math.Round(r.EventsPerSecond), arrived.Bytes, Math.Round(r.CpuPerMillion, 3),
            Math.Round(r.ReceiverCpuSeconds * 1e6 / arrived.Events, 3), Math.Round(r.AllocatedPerEvent), r.IdleBytes, r.IdleHeapBytes, r.PeakBytes,
            Math.Round(r.StartSeconds, 3), r.Gen0, r.Gen1, r.Gen2, arrived.P50, arrived.P90, arrived.P99, arrived.P999, arrived.Max,
        ];
    }
}
