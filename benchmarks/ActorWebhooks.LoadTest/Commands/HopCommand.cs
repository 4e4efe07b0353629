using System.CommandLine;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>hop</c>: from node to node of a cluster, how many events a second, and how much later a single one comes.</summary>
internal static class HopCommand
{
    /// <summary>As many events as get through.</summary>
    public static readonly LoadPlan Throughput = new()
    {
        Events = 1_500_000,
        WarmUp = 1_000_000,
        EventBytes = 1024,
        Outstanding = 65_536,
        Webhooks = new WebhookPopulation(Count: 64, Tenants: 64),
    };

    /// <summary>Single events, which nobody gathers.</summary>
    public static readonly LoadPlan Latency = Throughput with { Events = 8_000, WarmUp = 4_000, Rate = 1_000, ThrottleMilliseconds = 0 };

    public static Command Create()
    {
        var options = new CompareOptions(Throughput, "the engine, and sharding alone with one and with 64 events an envelope");
        var command = new Command("hop", "Compares how events come from one node of a cluster to another, in rounds, and how long single events take.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await options.RunAsync(parsed, _ => ContenderCatalog.BetweenNodes, cancellationToken);
            var latencies = await Rounds.RunAsync(
                [Latency with { Contender = ContenderCatalog.EngineHop }, Latency with { Contender = ContenderCatalog.EngineNoHop }],
                options.RoundsOf(parsed),
                cancellationToken);
            Console.WriteLine(LatencyTable.Of(latencies));
            Console.WriteLine(AddedLatency.Of(latencies[0], latencies[1]));
            await options.AppendAsync(parsed, latencies, cancellationToken);
            return 0;
        });
        return command;
    }
}
