using System.CommandLine;
using ActorWebhooks.LoadTest.Backlog;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>backlog</c>: what a backlog takes of memory, and how long it takes to start with one.</summary>
internal static class BacklogCommand
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private static readonly LoadPlan Standard = new() { Events = 1_000_000 };

    public static Command Create()
    {
        var events = new Option<int>("--events")
        {
            DefaultValueFactory = _ => Standard.Events,
            Description = $"Events that wait. Default {Standard.Events}.",
        };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3, Description = "How often. Default 3." };
        var databases = new DatabaseOptions(DatabaseKind.Sqlite);
        var csv = new Option<string?>("--csv") { Description = "Where to append a line for each run." };
        var command = new Command(
            "backlog", "Lets events wait for a dead endpoint, kills the process, and starts another with the endpoint alive.")
        {
            events, rounds, csv,
        };
        databases.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RealDisk.Require();
            var plan = Standard with { Events = parsed.GetValue(events), Postgres = databases.PostgresOf(parsed) };
            var kinds = databases.KindsOf(parsed);
            var reports = new List<BacklogReport>();
            for (var round = 0; round < parsed.GetValue(rounds); round++)
            {
                foreach (var database in kinds)
                    reports.Add(await BacklogRun.RunAsync(database, plan, Settling, cancellationToken));
            }

            Console.WriteLine(BacklogTable.Of(reports));
            if (parsed.GetValue(csv) is { } file)
                await BacklogCsv.AppendAsync(file, reports, cancellationToken);
            return 0;
        });
        return command;
    }
}
