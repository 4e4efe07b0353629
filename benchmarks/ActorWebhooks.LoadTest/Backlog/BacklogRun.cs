using System.Diagnostics;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Receiving;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Backlog;

/// <summary>
/// Events wait for an endpoint that is dead, in a process whose memory is looked at. It is killed; then the endpoint is alive, and another
/// process delivers what the first had accepted.
/// </summary>
internal static class BacklogRun
{
    // After the last event, for those that come twice.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1);

    /// <param name="settling">How long the process is left alone before its memory is looked at.</param>
    public static async Task<BacklogReport> RunAsync(
        DatabaseKind kind, LoadPlan plan, TimeSpan settling, CancellationToken cancellationToken)
    {
        await using var database = await DatabaseCatalog.CreateAsync(kind, plan.Postgres);
        var endpoint = await FindEndpointAsync();
        var report = await FillAsync(plan, endpoint, database.Connection, settling, cancellationToken);
        return await DrainAsync(report, plan, endpoint, database.Connection, cancellationToken);
    }

    // Where a receiver was until now, nobody listens.
    private static async Task<Uri> FindEndpointAsync()
    {
        await using var receiver = await ReceiverProcess.StartAsync();
        return receiver.Url;
    }

    private static async Task<BacklogReport> FillAsync(
        LoadPlan plan, Uri endpoint, DatabaseConnection journal, TimeSpan settling, CancellationToken cancellationToken)
    {
        await using var node = new BacklogProcess(plan, endpoint, journal);
        try
        {
            await node.ReadAsync();
            await Task.Delay(settling, cancellationToken);
            var idle = await node.AskAsync(BacklogNode.Measure);
            var start = Stopwatch.GetTimestamp();
            var filled = await node.AskAsync(BacklogNode.Fill);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            await Task.Delay(settling, cancellationToken);
            return new BacklogReport
            {
                Database = journal.Kind,
                Events = plan.Events,
                Idle = idle,
                FillSeconds = seconds,
                Filled = filled,
                Settled = await node.AskAsync(BacklogNode.Measure),
                Collected = await node.AskAsync(BacklogNode.Collect),
            };
        }
        finally
        {
            node.Kill();
        }
    }

    private static async Task<BacklogReport> DrainAsync(
        BacklogReport report, LoadPlan plan, Uri endpoint, DatabaseConnection journal, CancellationToken cancellationToken)
    {
        await using var receiver = await ReceiverProcess.StartAsync(endpoint.Port, isNumbered: true);
        var start = Stopwatch.GetTimestamp();
        await using var node = new BacklogProcess(plan, endpoint, journal);
        await receiver.WaitAsync(1, cancellationToken);
        var first = Stopwatch.GetElapsedTime(start);
        await receiver.WaitAsync(plan.Events, cancellationToken);
        var all = Stopwatch.GetElapsedTime(start);
        await Task.Delay(Afterwards, cancellationToken);

        var arrivals = await receiver.TakeReportAsync();
        return arrivals.Events - arrivals.Repeated == plan.Events
            ? report with
            {
                FirstSeconds = first.TotalSeconds,
                AllSeconds = all.TotalSeconds,
                DrainPeak = node.Peak,
                Arrived = arrivals,
            }
            : throw new InvalidOperationException(
                $"{plan.Events} events were accepted; {arrivals.Events} arrived, {arrivals.Repeated} of them for the second time.");
    }
}
