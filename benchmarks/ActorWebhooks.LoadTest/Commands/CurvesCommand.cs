using System.CommandLine;
using ActorWebhooks.LoadTest.Reporting;
using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Commands;

/// <summary><c>curves</c>: how events a second and memory change with one parameter at a time.</summary>
internal static class CurvesCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--out")
        {
            DefaultValueFactory = _ => "benchmarks/results",
            Description = "The folder for a CSV file for each curve. Default benchmarks/results.",
        };
        var only = new Option<string[]>("--only")
        {
            AllowMultipleArgumentsPerToken = true,
            Description = $"Which of {string.Join(' ', Curves.All.Keys)}. Default all.",
        };
        var command = new Command("curves", "Runs the scaling curves, one point after the other.") { output, only };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Directory.CreateDirectory(parsed.GetValue(output)!);
            foreach (var (name, points) in Curves.All)
            {
                if (parsed.GetValue(only) is { Length: > 0 } names && !names.Contains(name))
                    continue;
                var reports = await Rounds.RunAsync(points, 1, cancellationToken);
                Console.WriteLine($"### {name}\n\n{CurveTable.Of(reports)}");
                var file = Path.Combine(folder.FullName, $"{name}.csv");
                File.Delete(file);
                await RunCsv.AppendAsync(file, reports.SelectMany(ofOne => ofOne), cancellationToken);
            }

            return 0;
        });
        return command;
    }
}
