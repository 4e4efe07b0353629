using ActorWebhooks.Server.Tests.Durability.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Durability;

/// <summary>Kills a server again and again under load, at instants drawn from a seed.</summary>
internal static class KillRun
{
    public static Task<LoadFindings> RunAsync(IReadOnlyList<string> arguments, int kills, ITestOutputHelper output) =>
        LoadRun.RunAsync(arguments, output, async (traffic, random) =>
        {
            foreach (var point in KillPoint.Draw(random, kills))
            {
                output.WriteLine($"life {traffic.Server.Life} ends at {point}");
                await traffic.KillAsync(point);
            }
        });

    /// <summary>It lost nothing, kept the order, and repeated what was in flight, of which there was some.</summary>
    public static async Task SurvivesAsync(IReadOnlyList<string> arguments, int kills, ITestOutputHelper output)
    {
        var findings = await RunAsync(arguments, kills, output);

        Assert.Empty(findings.Broken);
        Assert.Equal(kills, findings.Kills);
        Assert.NotEqual(0, findings.Repeats);
    }
}
