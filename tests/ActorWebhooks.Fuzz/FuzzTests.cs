using System.Globalization;

namespace ActorWebhooks.Fuzz;

/// <summary>Each fuzzer for some seconds, after all that was ever found. Longer with the program, or with the variable FUZZ_SECONDS.</summary>
public sealed class FuzzTests
{
    private const long MostRuns = 2_000_000;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("FUZZ_SECONDS") ?? "6", CultureInfo.InvariantCulture));

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_found_once_is_mended(string name)
    {
        var target = FuzzTargets.Named(name);
        var folder = Path.Combine(AppContext.BaseDirectory, "findings", name);
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            var fault = Fuzzer.Try(target, File.ReadAllBytes(file));
            Assert.True(fault is null, $"{Path.GetFileName(file)}: {fault}");
        }

        Assert.All(target.Seeds, input => Assert.Null(Fuzzer.Try(target, input)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_comes_in_no_promise_is_broken(string name)
    {
        var seed = Environment.TickCount;
        var (runs, finding) = Fuzzer.Run(FuzzTargets.Named(name), seed, Time, MostRuns);

        Assert.True(
            finding is null,
            $"After {runs} inputs of seed {seed}, {finding?.FileName} (base64 {Convert.ToBase64String(finding?.Input ?? [])}): {finding?.Fault}");
        Assert.InRange(runs, 100, MostRuns);
    }
}
