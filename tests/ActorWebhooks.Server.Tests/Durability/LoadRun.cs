using ActorWebhooks.Server.Tests.Durability.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability;

/// <summary>A server under load to which something is done, and what it must keep all the same.</summary>
internal static class LoadRun
{
    private const int RequestsAfterwards = 20;
    private const int MostTold = 20;

    /// <param name="arguments">Of the server: where it keeps its events.</param>
    /// <param name="disturb">With chances drawn from the seed.</param>
    public static async Task<LoadFindings> RunAsync(
        IReadOnlyList<string> arguments, ITestOutputHelper output, Func<Traffic, Random, Task> disturb)
    {
        var seed = Seed.Next();
        output.WriteLine($"{Seed.Variable}={seed}");
        await using var traffic = await Traffic.StartAsync(seed, arguments);
        try
        {
            await disturb(traffic, new Random(seed));
            await traffic.AcceptsAsync(RequestsAfterwards);
            var findings = await traffic.FinishAsync();
            output.WriteLine(findings.ToString());
            foreach (var text in findings.Broken.Take(MostTold))
                output.WriteLine(text);
            return findings;
        }
        catch (Exception)
        {
            output.WriteLine(traffic.Server.Errors);
            throw;
        }
    }
}
