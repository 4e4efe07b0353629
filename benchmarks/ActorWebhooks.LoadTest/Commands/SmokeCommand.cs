using System.CommandLine;
using ActorWebhooks.LoadTest.Backlog;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Receipts;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>smoke</c>: everybody with a few events, to see that all of it works. Its figures mean nothing.</summary>
internal static class SmokeCommand
{
    private static readonly LoadPlan Few = new() { Events = 20_000, WarmUp = 20_000, BatchEvents = 500, ThrottleMilliseconds = 10 };

    private static readonly LoadPlan FewBetweenNodes = HopCommand.Throughput with { Events = 20_000, WarmUp = 20_000, ThrottleMilliseconds = 10 };

    private static readonly ReceiptPlan FewReceipts = new(Rounds: 1, WarmUpRounds: 1, PerRound: 20, Postgres: null);

    public static Command Create()
    {
        var command = new Command("smoke", "Runs everybody with a few events, in seconds.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var names = ContenderCatalog.Comparable.Union(ContenderCatalog.ComparableDurable(postgres: null));
            List<LoadPlan> plans = [.. names.Select(name => Few with { Contender = name })];
            plans.Add(Few with { Contender = ContenderCatalog.BarePost, Events = 200, WarmUp = 200 });
            plans.Add(Few with { Events = 500, WarmUp = 100, Rate = 1000, ThrottleMilliseconds = 0 });
            plans.Add(Few with { Webhooks = new WebhookPopulation(Count: 20, FanOut: 10, Patterns: 5) });
            plans.Add(Few with { Webhooks = new WebhookPopulation(Count: 20, Tenants: 20), Producers = 2, EventBytes = 4096 });
            plans.AddRange(ContenderCatalog.BetweenNodes.Select(name => FewBetweenNodes with { Contender = name }));
            plans.AddRange(FewAtTheirTime(ContenderCatalog.EngineHop), FewAtTheirTime(ContenderCatalog.EngineNoHop));
            Console.WriteLine(ThroughputTable.Of(await Rounds.RunAsync(plans, 1, cancellationToken)));
            await ReceiptAsync(cancellationToken);
            await BacklogAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    private static LoadPlan FewAtTheirTime(string contender) =>
        HopCommand.Latency with { Contender = contender, Events = 500, WarmUp = 100 };

    private static async Task ReceiptAsync(CancellationToken cancellationToken)
    {
        var reports = new List<ReceiptReport>();
        foreach (var database in Here())
            reports.Add(await ReceiptRun.RunAsync(database, FewReceipts, cancellationToken));
        Console.WriteLine(ReceiptTable.Of(reports));
    }

    private static async Task BacklogAsync(CancellationToken cancellationToken)
    {
        var reports = new List<BacklogReport>();
        foreach (var database in Here())
            reports.Add(await BacklogRun.RunAsync(database, Few, TimeSpan.Zero, cancellationToken));
        Console.WriteLine(BacklogTable.Of(reports));
    }

    private static IEnumerable<DatabaseKind> Here() =>
        Enum.GetValues<DatabaseKind>().Where(kind => DatabaseCatalog.IsHere(kind, postgres: null));
}
