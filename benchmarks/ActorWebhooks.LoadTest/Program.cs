using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ActorWebhooks.LoadTest;
using ActorWebhooks.LoadTest.Backlog;
using ActorWebhooks.LoadTest.Commands;
using ActorWebhooks.LoadTest.Receiving;
using ActorWebhooks.LoadTest.Running;

// All but the last are this program as a part of a run.
switch (args)
{
    case ["receiver", var countFile, var port, var isNumbered]:
        await Receiver.RunAsync(countFile, int.Parse(port, CultureInfo.InvariantCulture), bool.Parse(isNumbered));
        return 0;
    case ["contender", var plan, var url, var countFile]:
        await ContenderRun.RunAsync(JsonSerializer.Deserialize(plan, LoadJson.Default.LoadPlan)!, new Uri(url), countFile);
        return 0;
    case ["backlog-node", var plan, var endpoint, var journal]:
        await BacklogNode.RunAsync(
            JsonSerializer.Deserialize(plan, LoadJson.Default.LoadPlan)!,
            new Uri(endpoint),
            JsonSerializer.Deserialize(journal, LoadJson.Default.DatabaseConnection)!);
        return 0;
    default:
        return await new RootCommand("Loads this engine and others with the same events, against a receiver in a process of its own.")
        {
            CompareCommand.Create(),
            CompareDurableCommand.Create(),
            RunCommand.Create(),
            LatencyCommand.Create(),
            CurvesCommand.Create(),
            BacklogCommand.Create(),
            ReceiptCommand.Create(),
            HopCommand.Create(),
            SmokeCommand.Create(),
        }.Parse(args).InvokeAsync();
}
