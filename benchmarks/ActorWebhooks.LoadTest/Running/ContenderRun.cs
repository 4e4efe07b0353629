using System.Diagnostics;
using System.Text.Json;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Measuring;
using ActorWebhooks.LoadTest.Receiving;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>Runs one contender in this process, which does nothing else: warms up, waits for a word, measures, tells.</summary>
internal static class ContenderRun
{
    public const string Ready = "ready";

    public static async Task RunAsync(LoadPlan plan, Uri receiver, string countFile)
    {
        using var arrived = new SharedCount(countFile);
        using var self = Process.GetCurrentProcess();
        await using var contender = ContenderCatalog.Create(plan);
        var arrivals = new OrderedArrivals(new Arrivals(arrived, numbers: null), plan.Webhooks.Count);
        if (contender is IReceivingContender receiving)
            receiving.Arrivals = arrivals;
        await contender.StartAsync(plan.TargetAt(receiver));
        var started = DateTime.Now - self.StartTime;
        var idleHeap = GC.GetTotalMemory(forceFullCollection: true);
        var idle = ProcessUsage.WorkingSetOf(self) + ProcessUsage.WorkingSetOf(contender.Helper);

        var producers = new Producers(plan, contender, arrived);
        producers.Run(plan.WarmUp);
        arrivals.Take();
        await Console.Out.WriteLineAsync(Ready);
        if (await Console.In.ReadLineAsync() is null)
            return;

        var cpu = ProcessUsage.CpuOf(self) + ProcessTree.CpuOf(contender.Helper);
        var allocated = GC.GetTotalAllocatedBytes();
        var (gen0, gen1, gen2) = (GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));
        var start = Stopwatch.GetTimestamp();
        var sent = producers.Run(plan.Events);
        var report = new RunReport
        {
            Plan = plan with { Events = (int)sent },
            StartSeconds = started.TotalSeconds,
            IdleBytes = idle,
            IdleHeapBytes = idleHeap,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            CpuSeconds = (ProcessUsage.CpuOf(self) + ProcessTree.CpuOf(contender.Helper) - cpu).TotalSeconds,
            PeakBytes = ProcessUsage.PeakBytesOf(self) + ProcessUsage.PeakBytesOf(contender.Helper),
            AllocatedBytes = GC.GetTotalAllocatedBytes() - allocated,
            Gen0 = GC.CollectionCount(0) - gen0,
            Gen1 = GC.CollectionCount(1) - gen1,
            Gen2 = GC.CollectionCount(2) - gen2,
            Arrived = contender is IReceivingContender ? arrivals.Take() : null,
        };
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, LoadJson.Default.RunReport));
    }
}
