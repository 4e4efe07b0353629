using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Clustering.Harness;

namespace ActorWebhooks.Chaos.Scenarios;

/// <summary>One of three servers hangs (SIGSTOP) and goes on (SIGCONT), past the take-over of its webhooks or not.</summary>
internal static class HangScenarios
{
    private const int EventsOfBacklog = 100_000;

    private static readonly TimeSpan PastTheTakeOver = TimeSpan.FromSeconds(26);

    public static Scenario WithBacklog { get; } = new(
        "hang-backlog",
        $"the owner of a webhook with {EventsOfBacklog:N0} events in memory hangs for {PastTheTakeOver.TotalSeconds} s",
        NeedsPostgres: true,
        (options, log) => Clusters.RunAsync(
            options,
            log,
            ClusterSetup.Shipped with { Hocon = BacklogHang.Hocon },
            (cluster, _) => BacklogHang.RunAsync(cluster, EventsOfBacklog, PastTheTakeOver, log)));

    public static Scenario InMemory { get; } = new(
        "hang-memory",
        $"one of three servers that keep events in memory hangs for {PastTheTakeOver.TotalSeconds} s",
        NeedsPostgres: false,
        (options, log) => Clusters.RunAsync(
            options, log, ClusterSetup.Shipped with { IsInMemory = true }, (cluster, random) => HangAsync(cluster, random, PastTheTakeOver, log)));

    public static Scenario OnPostgres(int seconds) => new(
        $"hang-{seconds}",
        $"one of three servers on PostgreSQL hangs for {seconds} s",
        NeedsPostgres: true,
        (options, log) => Clusters.RunAsync(
            options, log, ClusterSetup.Shipped, (cluster, random) => HangAsync(cluster, random, TimeSpan.FromSeconds(seconds), log)));

    private static Task<Disturbance> HangAsync(ServerCluster cluster, Random random, TimeSpan length, RunLog log) =>
        Hang.RunAsync(cluster, random.Next(ServerCluster.Nodes), length, log);
}
