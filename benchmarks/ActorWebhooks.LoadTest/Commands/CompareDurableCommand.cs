using System.CommandLine;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>compare-durable</c>: the engine with journals, beside itself and syslog-ng in memory and syslog-ng on disk.</summary>
internal static class CompareDurableCommand
{
    private static readonly LoadPlan Standard = new() { Events = 4_000_000, WarmUp = 4_000_000 };

    public static Command Create()
    {
        var options = new CompareOptions(Standard, "those that write events to a disk, and the same in memory");
        var command = new Command("compare-durable", "Compares those that write events to a disk, in rounds, and prints all ratios.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RealDisk.Require();
            var reports = await options.RunAsync(
                parsed, plan => ContenderCatalog.ComparableDurable(plan.Postgres), cancellationToken);
            Console.WriteLine(RatioTable.Of(reports));
            return 0;
        });
        return command;
    }
}
