using System.CommandLine;
using System.Diagnostics;
using ActorWebhooks.Fuzz;

// Rounds, so that a run that is broken off has tried all.
var round = TimeSpan.FromSeconds(20);

var minutes = new Option<double>("--minutes") { Description = "For all targets together.", DefaultValueFactory = _ => 60 };
var names = new Option<string[]>("--target") { Description = "Only these.", AllowMultipleArgumentsPerToken = true };
var seed = new Option<int?>("--seed") { Description = "Of the first round; the next ones count on. Default: another one each time." };
var folder = new Option<string>("--folder") { Description = "Where findings are kept.", DefaultValueFactory = _ => "tests/ActorWebhooks.Fuzz" };

var command = new RootCommand("Runs the fuzzers, and tells how many inputs each was given. The exit code is 1 when one broke a promise.") { minutes, names, seed, folder };
command.SetAction(parsed =>
{
    var targets = parsed.GetValue(names) is { Length: > 0 } given ? given.Select(FuzzTargets.Named).ToArray() : [.. FuzzTargets.All];
    var first = parsed.GetValue(seed) ?? Environment.TickCount;
    var runs = targets.ToDictionary(target => target.Name, _ => 0L);
    var findings = new Dictionary<string, Finding>();
    var since = Stopwatch.GetTimestamp();
    for (var i = 0; Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(parsed.GetValue(minutes)); i++)
    {
        var target = targets[i % targets.Length];
        var (count, finding) = Fuzzer.Run(target, first + i, round);
        runs[target.Name] += count;
        if (finding is not null && findings.TryAdd(finding.FileName, finding))
            Console.WriteLine($"{target.Name}, seed {first + i}: {finding.Save(parsed.GetRequiredValue(folder))}{Environment.NewLine}{finding.Fault}");
    }

    Console.WriteLine($"| target | inputs | findings |{Environment.NewLine}| --- | ---: | ---: |");
    foreach (var (name, count) in runs)
        Console.WriteLine($"| {name} | {count:N0} | {findings.Values.Count(finding => finding.Target.Name == name)} |");
    return findings.Count == 0 ? 0 : 1;
});
return command.Parse(args).Invoke();
