using System.Diagnostics;
using System.Text.Json;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Measuring;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Backlog;

/// <summary>
/// A process that runs the engine with its own bounds of memory and one durable webhook, and does what it is told, line by line; each line
/// is answered with what the process takes then.
/// </summary>
internal static class BacklogNode
{
    public const string Measure = "measure";
    public const string Collect = "collect";
    public const string Fill = "fill";

    public static async Task RunAsync(LoadPlan plan, Uri endpoint, DatabaseConnection journal)
    {
        await using var engine = await Engine.StartAsync(EngineToml.Of(plan.TargetAt(endpoint)), journal);
        var fill = new BacklogFill(engine.Publisher, plan);
        await AnswerAsync(fill);
        while (await Console.In.ReadLineAsync() is { } command)
        {
            if (command == Fill)
                await fill.RunAsync();
            if (command == Collect)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            await AnswerAsync(fill);
        }
    }

    private static async Task AnswerAsync(BacklogFill fill)
    {
        using var self = Process.GetCurrentProcess();
        var report = new MemoryReport(
            ProcessUsage.WorkingSetOf(self), ProcessUsage.PeakBytesOf(self), GC.GetTotalMemory(forceFullCollection: false), fill.Refused);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report, LoadJson.Default.MemoryReport));
    }
}
