using System.CommandLine;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>latency</c>: how long single events take at a rate that keeps nobody busy.</summary>
internal static class LatencyCommand
{
    private static readonly LoadPlan Standard = new() { Events = 8_000, WarmUp = 4_000, ThrottleMilliseconds = 0, Rate = 1_000 };

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5, Description = "How often each runs. Default 5." };
        var csv = new Option<string?>("--csv") { Description = "Where to append a line for each run." };
        var plan = new PlanOptions(Standard);
        var command = new Command("latency", "Compares the time from Tell to arrival with that of a POST for each event.") { rounds, csv };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var standard = plan.Read(parsed);
            var reports = await Rounds.RunAsync(
                [standard, standard with { Contender = ContenderCatalog.BarePost }], parsed.GetValue(rounds), cancellationToken);
            Console.WriteLine(LatencyTable.Of(reports));
            if (parsed.GetValue(csv) is { } file)
                await RunCsv.AppendAsync(file, reports.SelectMany(ofOne => ofOne), cancellationToken);
            return 0;
        });
        return command;
    }
}
