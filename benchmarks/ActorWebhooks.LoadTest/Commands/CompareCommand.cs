using System.CommandLine;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>compare</c>: all contenders in turn, in rounds.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5, Description = "How often each runs. Default 5." };
        var contenders = new Option<string[]>("--contenders")
        {
            DefaultValueFactory = _ => [.. ContenderCatalog.Comparable],
            AllowMultipleArgumentsPerToken = true,
            Description = $"Who runs, this engine first. All there are: {string.Join(' ', ContenderCatalog.Names)}.",
        };
        var csv = new Option<string?>("--csv") { Description = "Where to append a line for each run." };
        var plan = new PlanOptions(new LoadPlan());
        var command = new Command("compare", "Runs all contenders in turn, in rounds, and prints medians and ratios.") { rounds, contenders, csv };
        plan.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            plan.Read(parsed),
            parsed.GetValue(contenders)!,
            parsed.GetValue(rounds),
            parsed.GetValue(csv),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        LoadPlan plan, string[] contenders, int rounds, string? csv, CancellationToken cancellationToken)
    {
        if (!ContenderCatalog.Comparable.Contains(ContenderCatalog.SyslogNg))
            Console.WriteLine("syslog-ng is not installed: apt-get install syslog-ng-core syslog-ng-mod-http\n");
        var reports = await Rounds.RunAsync([.. contenders.Select(name => plan with { Contender = name })], rounds, cancellationToken);
        Console.WriteLine(ThroughputTable.Of(reports));
        if (csv is not null)
            await Csv.AppendAsync(csv, reports.SelectMany(ofOne => ofOne), cancellationToken);
        return 0;
    }
}
