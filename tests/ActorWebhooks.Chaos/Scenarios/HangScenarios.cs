using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Clustering.Harness;

namespace ActorWebhooks.Chaos.Scenarios;

/// <summary>One of three servers hangs (SIGSTOP) and goes on (SIGCONT), past the take-over of its webhooks or not.</summary>
internal static class HangScenarios
{
    private const int EventsOfBacklog = 100_000;

    private const int PastTheTakeOver = 26;

    private static readonly TimeSpan Down = TimeSpan.FromSeconds(14);
    private static readonly TimeSpan SteadyLoad = TimeSpan.FromSeconds(20);

    public static Scenario WithBacklog { get; } = new(
        "hang-backlog",
        $"the owner of a webhook with {EventsOfBacklog:N0} events in memory hangs for {PastTheTakeOver} s",
        NeedsPostgres: true,
        (options, log) => Clusters.RunAsync(
            options,
            log,
            ClusterSetup.Shipped with { Hocon = $"{ClusterSetup.Shipped.Hocon}\n{BacklogHang.Hocon}" },
            SteadyLoad,
            (cluster, _) => BacklogHang.RunAsync(cluster, EventsOfBacklog, Times(PastTheTakeOver), log)));

    public static Scenario InMemory { get; } = new(
        "hang-memory",
        $"one of three servers that keep events in memory hangs for {PastTheTakeOver} s",
        NeedsPostgres: false,
        (options, log) => RunAsync(options, log, ClusterSetup.Shipped with { IsInMemory = true }, PastTheTakeOver));

    public static Scenario OnPostgres(int seconds) => new(
        $"hang-{seconds}",
        $"one of three servers on PostgreSQL hangs for {seconds} s",
        NeedsPostgres: true,
        (options, log) => RunAsync(options, log, ClusterSetup.Shipped, seconds));

    private static Task<Outcome> RunAsync(ChaosOptions options, RunLog log, ClusterSetup setup, int seconds) => Clusters.RunAsync(
        options,
        log,
        setup,
        SteadyLoad,
        (cluster, random) => Hang.RunAsync(cluster, random.Next(ServerCluster.Nodes), Times(seconds), log));

    private static HangTimes Times(int seconds) => new(TimeSpan.FromSeconds(seconds), Down);
}
