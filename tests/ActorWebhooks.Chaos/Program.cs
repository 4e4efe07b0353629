using System.CommandLine;
using ActorWebhooks.Chaos;

var names = new Argument<string[]>("scenario")
{
    Description = "The scenarios to run; all of them when none is named.",
    Arity = ArgumentArity.ZeroOrMore,
};
var list = new Option<bool>("--list") { Description = "Tells the scenarios and runs none." };
var runs = new Option<int>("--runs") { Description = "How often each scenario but the kills is run.", DefaultValueFactory = _ => 1 };
var killsSqlite = new Option<int>("--kills-sqlite") { Description = "How often a server on SQLite is killed.", DefaultValueFactory = _ => 60 };
var killsPostgres = new Option<int>("--kills-postgres") { Description = "How often a server on PostgreSQL is killed.", DefaultValueFactory = _ => 20 };
var killWorkers = new Option<int>("--kill-workers") { Description = "How many servers are killed side by side.", DefaultValueFactory = _ => 2 };
var seed = new Option<int?>("--seed") { Description = "Of the chances of the first run; the next runs count on from it. Default: another one each time." };
var logs = new Option<string?>("--logs") { Description = "Where each run writes what it saw; default: a new folder for temporary files." };

var command = new RootCommand("Stops, hangs, kills and cuts off real servers under load, and tells what came of their promises.")
{
    names, list, runs, killsSqlite, killsPostgres, killWorkers, seed, logs,
};
command.Validators.Add(result =>
{
    foreach (var name in (result.GetValue(names) ?? []).Except(Catalog.All.Select(scenario => scenario.Name)))
        result.AddError($"There is no scenario '{name}'. There are: {string.Join(", ", Catalog.All.Select(scenario => scenario.Name))}.");
    foreach (var option in (Option<int>[])[runs, killsSqlite, killsPostgres, killWorkers])
    {
        if (result.GetResult(option) is { Implicit: false } given && given.GetValueOrDefault<int>() < 1)
            result.AddError($"{option.Name} is at least 1.");
    }
});
command.SetAction(async (parsed, cancellationToken) =>
{
    if (parsed.GetValue(list))
    {
        foreach (var scenario in Catalog.All)
            Console.WriteLine($"{scenario.Name,-18} {scenario.About}");
        return 0;
    }

    var chosen = parsed.GetValue(names) is { Length: > 0 } given ? Catalog.All.Where(scenario => given.Contains(scenario.Name)) : Catalog.All;
    return await ChaosRun.RunAsync(
        [.. chosen],
        new ChaosOptions(
            parsed.GetValue(runs),
            parsed.GetValue(killsSqlite),
            parsed.GetValue(killsPostgres),
            parsed.GetValue(killWorkers),
            parsed.GetValue(seed) ?? Random.Shared.Next(1_000_000),
            Directory.CreateDirectory(parsed.GetValue(logs) ?? Directory.CreateTempSubdirectory("actor-webhooks-chaos-").FullName)),
        cancellationToken);
});
return await command.Parse(args).InvokeAsync();
