using ActorWebhooks.Server.Tests.Clustering.Harness;
using Xunit.Abstractions;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>
/// The owner of a webhook with a large backlog in memory hangs. The endpoint is up again before the owner goes on, so that both have
/// something to send at once.
/// </summary>
internal static class BacklogHang
{
    /// <summary>All of the backlog is to be in memory.</summary>
    public const string Hocon = """
        actor-webhooks.outbox {
          max-bytes = 256MiB
          memory-window = 128MiB
        }
        """;

    public static async Task<Disturbance> RunAsync(ServerCluster cluster, int events, HangTimes times, ITestOutputHelper output)
    {
        var webhook = Hooks.Prompt.First();
        var owner = cluster.Arrivals.Last(arrival => arrival.Webhook == webhook).Life;
        var victim = cluster.Members.Index().First(node => node.Item.Name == owner).Index;
        cluster.Down.Add(webhook);
        var backlog = await Backlog.FillAsync(cluster, cluster.Members[victim], webhook, events);
        output.WriteLine($"{events} events wait for {webhook} on node {victim}");

        var hang = Hang.RunAsync(cluster, victim, times, output);
        await Task.Delay(times.Length * 0.9);
        cluster.Down.Mend();
        return (await hang) with { MorePosts = backlog };
    }
}
