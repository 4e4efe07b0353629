using System.CommandLine;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>compare</c>: all contenders in turn, in rounds.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var options = new CompareOptions(new LoadPlan(), "all that keep events in memory");
        var command = new Command("compare", "Runs all contenders in turn, in rounds, and prints medians and ratios.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await options.RunAsync(parsed, _ => ContenderCatalog.Comparable, cancellationToken);
            return 0;
        });
        return command;
    }
}
