using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace ActorWebhooks.Benchmarks;

/// <summary>Runs every benchmark once, in this process: whether they all still work, in seconds and without figures.</summary>
internal static class Smoke
{
    /// <returns>The exit code: 0, or 1 when a benchmark failed or there was none.</returns>
    public static int Run()
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Dry.WithToolchain(InProcessEmitToolchain.DontLogOutput))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableLogFile);
        var summaries = BenchmarkRunner.Run(typeof(Smoke).Assembly, config);

        var passed = 0;
        var failed = 0;
        foreach (var summary in summaries)
        {
            foreach (var error in summary.ValidationErrors)
                Console.Error.WriteLine(error.Message);
            foreach (var benchmark in summary.BenchmarksCases)
            {
                var isGood = summary[benchmark]?.Success == true;
                (passed, failed) = isGood ? (passed + 1, failed) : (passed, failed + 1);
                Console.WriteLine($"{(isGood ? "ok    " : "FAILED")} {benchmark.DisplayInfo}");
            }
        }

        Console.WriteLine($"{passed} benchmarks ran, {failed} failed.");
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
