using ActorWebhooks.Server.Tests.Clustering.FaultRuns;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;
using ActorWebhooks.Server.Tests.Durability.Postgres;
using ActorWebhooks.Server.Tests.Testing;

namespace ActorWebhooks.Chaos.Scenarios;

/// <summary>Nodes of a cluster are killed, cut off, stopped and started.</summary>
internal static class NodeScenarios
{
    private static readonly TimeSpan SteadyLoad = TimeSpan.FromSeconds(32);
    private static readonly TimeSpan MostTakeOver = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MostStop = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(12);

    public static Scenario Crash { get; } = new(
        "crash",
        $"one of three servers is killed; its webhooks are taken over within {MostTakeOver.TotalSeconds} s",
        NeedsPostgres: true,
        (options, log) => Clusters.RunAsync(options, log, ClusterSetup.Shipped, SteadyLoad, async (cluster, random) =>
        {
            var victim = random.Next(ServerCluster.Nodes);
            var fault = await cluster.KillAsync(victim);
            await Task.Delay(MostTakeOver);
            await cluster.FlowsAsync();
            cluster.Members[victim].Start();
            return new Disturbance(fault, fault.At) { Check = seen => CheckTakeOver(seen, log) };
        }));

    public static Scenario Isolated { get; } = new(
        "partition",
        "one of three servers is cut off from the others until it ends, and is started again when the network is back",
        NeedsPostgres: true,
        (options, log) => Clusters.RunAsync(options, log, ClusterSetup.Shipped with { IsCuttable = true }, SteadyLoad, async (cluster, random) =>
        {
            var victim = random.Next(ServerCluster.Nodes);
            var process = cluster.Members[victim].Process;
            var fault = cluster.CutOff(victim);
            await process.Exited.Patiently();
            log.WriteLine($"it ended after {fault.At.Until(cluster.Clock.Tick()).Shown()}");
            cluster.Network.Heal();
            await cluster.FlowsAsync();
            return new Disturbance(fault, cluster.Clock.Tick());
        }));

    public static Scenario RollingRestart { get; } = new(
        "rolling-restart",
        "three servers are told to stop and started again, one after the other",
        NeedsPostgres: true,
        (options, log) => Clusters.RunAsync(options, log, ClusterSetup.Shipped, SteadyLoad, async (cluster, _) =>
        {
            var from = cluster.Clock.Tick();
            foreach (var node in cluster.Members)
            {
                log.WriteLine($"it ended with {await node.StopAsync()}");
                node.Start();
                await ServerCluster.IsReadyAsync(node);
            }

            return new Disturbance(null, from);
        }));

    public static Scenario AllStopped { get; } = new(
        "stop-all",
        $"three servers are told to stop at once; they end within {MostStop.TotalSeconds} s, and are started again",
        NeedsPostgres: true,
        (options, log) => Clusters.RunAsync(options, log, ClusterSetup.Shipped, SteadyLoad, async (cluster, _) =>
        {
            var from = cluster.Clock.Tick();
            var codes = await Task.WhenAll(cluster.Members.Select(node => node.StopAsync()));
            var took = from.Until(cluster.Clock.Tick());
            log.WriteLine($"they ended with {string.Join(", ", codes)} after {took.Shown()}");
            foreach (var node in cluster.Members)
                node.Start();
            await Task.WhenAll(cluster.Members.Select(ServerCluster.IsReadyAsync));
            return new Disturbance(null, cluster.Clock.Tick())
            {
                Check = _ => took > MostStop ? [$"The servers took {took.Shown()} to end."] : [],
            };
        }));

    public static Scenario PostgresRestart { get; } = new(
        "postgres-restart",
        $"PostgreSQL crashes under a cluster of three servers, and is started again {Outage.TotalSeconds} s later",
        NeedsPostgres: true,
        (options, log) => Clusters.RunAsync(options, log, ClusterSetup.Shipped, SteadyLoad, async (cluster, _) =>
        {
            await TestPostgres.StopAsync();
            try
            {
                await Task.Delay(Outage);
            }
            finally
            {
                await TestPostgres.StartAsync();
            }

            return new Disturbance(null, cluster.Clock.Tick());
        }));

    private static IEnumerable<string> CheckTakeOver(Observation seen, RunLog log)
    {
        foreach (var id in Hooks.Ids)
        {
            var takeOver = TakeOver.Of(seen.ArrivalsOf(id), seen.Fault);
            if (takeOver is null)
                continue;
            var after = seen.Fault!.At.Until(takeOver.At);
            log.WriteLine($"{id} was taken over after {after.Shown()}");
            if (after > MostTakeOver)
                yield return $"{id}: it was taken over after {after.Shown()}.";
        }
    }
}
