using System.Diagnostics;
using System.Text.Json;
using ActorWebhooks.LoadTest.Receiving;
using ActorWebhooks.LoadTest.Reporting;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>One run of one contender, in a process of its own, against a receiver that is there already.</summary>
internal static class LoadRun
{
    public static async Task<RunReport> RunAsync(LoadPlan plan, ReceiverProcess receiver, string title, CancellationToken cancellationToken)
    {
        using var process = Self.Start(
            ["contender", JsonSerializer.Serialize(plan, LoadJson.Default.LoadPlan), receiver.Url.ToString(), receiver.CountFile]);
        await using var kill = cancellationToken.Register(process.Kill);
        using var progress = new Progress(title, receiver.CountFile);
        await ReadAsync(process, line => line == ContenderRun.Ready);
        await receiver.TakeReportAsync();
        var cpu = receiver.Cpu;
        await process.StandardInput.WriteLineAsync();
        var line = await ReadAsync(process, line => line.StartsWith('{'));
        await process.WaitForExitAsync(cancellationToken);

        var report = JsonSerializer.Deserialize(line, LoadJson.Default.RunReport)!;
        var arrived = report.Arrived ?? await receiver.TakeReportAsync();
        var expected = (long)report.Plan.Events * plan.Webhooks.FanOut;
        return arrived.Events == expected
            ? report with { Arrived = arrived, ReceiverCpuSeconds = (receiver.Cpu - cpu).TotalSeconds }
            : throw new InvalidOperationException($"{plan.Contender}: {expected} events were sent and {arrived.Events} arrived.");
    }

    private static async Task<string> ReadAsync(Process process, Func<string, bool> isIt)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (isIt(line))
                return line;
        }

        throw new InvalidOperationException("The process of the contender ended early; what it said is above.");
    }
}
