using System.CommandLine;
using ActorWebhooks.LoadTest.Contenders;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>run</c>: one contender, once.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var contender = new Argument<string>("CONTENDER")
        {
            DefaultValueFactory = _ => ContenderCatalog.Engine,
            Description = $"One of {string.Join(' ', ContenderCatalog.Names)}.",
        };
        var plan = new PlanOptions(new LoadPlan());
        var command = new Command("run", "Runs one contender once.") { contender };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var one = plan.Read(parsed) with { Contender = parsed.GetRequiredValue(contender) };
            var reports = await Rounds.RunAsync([one], 1, cancellationToken);
            Console.WriteLine(ThroughputTable.Of(reports));
            Console.WriteLine(LatencyTable.Of(reports));
            return 0;
        });
        return command;
    }
}
