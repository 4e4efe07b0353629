using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering;

/// <summary>A cluster under load to which something is done, and what it must keep all the same.</summary>
internal static class ClusterRun
{
    private const int MostTold = 20;

    /// <param name="disturb">With chances drawn from the seed.</param>
    /// <param name="isCuttable">Whether nodes can be cut off.</param>
    public static async Task<ClusterFindings> KeepsAllAsync(ITestOutputHelper output, Func<ServerCluster, Random, Task> disturb, bool isCuttable = false)
    {
        var seed = Seed.Next();
        output.WriteLine($"{Seed.Variable}={seed}");
        var random = new Random(seed);
        await using var cluster = await ServerCluster.StartAsync(random, new ClusterSetup { IsCuttable = isCuttable });
        try
        {
            await cluster.BeginAsync();
            await disturb(cluster, random);
            await cluster.FlowsAsync();
            var findings = await cluster.FinishAsync();
            output.WriteLine(findings.ToString());
            var broken = findings.Broken();
            foreach (var text in broken.Take(MostTold))
                output.WriteLine(text);
            if (broken.Count > 0)
                output.WriteLine(cluster.Situation);
            Assert.Empty(broken);
            return findings;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            output.WriteLine(cluster.Situation);
            throw;
        }
    }
}
