using System.CommandLine;
using ActorWebhooks.LoadTest.Databases;
using ActorWebhooks.LoadTest.Receipts;
using ActorWebhooks.LoadTest.Reporting;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>receipt</c>: how long the receipt of a single event takes, beside a bare commit.</summary>
internal static class ReceiptCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 10, Description = "Turns of each. Default 10." };
        var warmUp = new Option<int>("--warm-up") { DefaultValueFactory = _ => 20, Description = "Turns of each before that. Default 20." };
        var perRound = new Option<int>("--events") { DefaultValueFactory = _ => 500, Description = "Events of one turn. Default 500." };
        var databases = new DatabaseOptions(Enum.GetValues<DatabaseKind>());
        var csv = new Option<string?>("--csv") { Description = "Where to append a line for each round." };
        var command = new Command("receipt", "Compares the time to the receipt of a single event with that of a bare commit.")
        {
            rounds, warmUp, perRound, csv,
        };
        databases.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RealDisk.Require();
            var plan = new ReceiptPlan(parsed.GetValue(rounds), parsed.GetValue(warmUp), parsed.GetValue(perRound), databases.PostgresOf(parsed));
            var reports = new List<ReceiptReport>();
            foreach (var database in databases.KindsOf(parsed))
                reports.Add(await ReceiptRun.RunAsync(database, plan, cancellationToken));
            Console.WriteLine(ReceiptTable.Of(reports));
            if (parsed.GetValue(csv) is { } file)
                await ReceiptCsv.AppendAsync(file, reports, cancellationToken);
            return 0;
        });
        return command;
    }
}
