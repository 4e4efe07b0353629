using Akka.Actor;
using Akka.Configuration;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>A cluster of two nodes in this process, over loopback: one hosts, the other one only sends.</summary>
internal sealed class ClusterPair : IAsyncDisposable
{
    public const string HostRole = "webhooks";

    private const string Name = "load";

    private const string Hocon =
        """
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          log-dead-letters = off
          actor.provider = cluster
          coordinated-shutdown.run-by-actor-system-terminate = off
          remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
          cluster { periodic-tasks-initial-delay = 200ms, gossip-interval = 200ms, leader-actions-interval = 200ms }
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private ClusterPair(ActorSystem host, ActorSystem sender) => (Host, Sender) = (host, sender);

    public ActorSystem Host { get; }

    public ActorSystem Sender { get; }

    /// <param name="hocon">For both nodes.</param>
    public static async Task<ClusterPair> StartAsync(string hocon = "")
    {
        var config = ConfigurationFactory.ParseString(hocon)
            .WithFallback(ConfigurationFactory.ParseString(Hocon))
            .WithFallback(ShardedWebhooks.Profile);
        var hosting = ConfigurationFactory.ParseString($"akka.cluster.roles = [ {HostRole} ]").WithFallback(config);
        var pair = new ClusterPair(ActorSystem.Create(Name, hosting), ActorSystem.Create(Name, config));
        var seed = Akka.Cluster.Cluster.Get(pair.Host).SelfAddress;
        using var patience = new CancellationTokenSource(Patience);
        await Akka.Cluster.Cluster.Get(pair.Host).JoinAsync(seed, patience.Token);
        await Akka.Cluster.Cluster.Get(pair.Sender).JoinAsync(seed, patience.Token);
        return pair;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(Sender.Terminate(), Host.Terminate());
}
