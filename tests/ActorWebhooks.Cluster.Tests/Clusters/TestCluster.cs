using System.Globalization;
using System.Text;
using ActorWebhooks.Cluster.Tests.Port;
using ActorWebhooks.Tests.EndToEnd.Durable;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;

namespace ActorWebhooks.Cluster.Tests.Clusters;

/// <summary>Some actor systems of this process that are a cluster over loopback, and the endpoints of its webhooks.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly string _name = $"cluster-{Guid.NewGuid():N}";
    private readonly List<TestNode> _nodes = [];

    private TestCluster(ClusterReceiver receiver, bool isDurable) => (Receiver, IsDurable) = (receiver, isDurable);

    public ClusterReceiver Receiver { get; }

    public bool IsDurable { get; }

    public FaultyStore Store => FaultyStore.Of(_name);

    public static async Task<TestCluster> CreateAsync(bool isDurable = false) => new(await ClusterReceiver.StartAsync(), isDurable);

    /// <summary>Webhooks for all events, or for those of a type of their own.</summary>
    public string Toml(IEnumerable<string> ids, string more = "throttle = 0")
    {
        var toml = new StringBuilder();
        foreach (var id in ids)
        {
            toml.AppendLine(CultureInfo.InvariantCulture, $"""
                [webhook."{id}"]
                url = "{Receiver.UrlOf(id)}"
                events = [ "all.*", "only.{id}" ]
                {more}
                """);
        }

        return toml.ToString();
    }

    /// <summary>Starts a node; it is up when this returns.</summary>
    /// <param name="hocon">Over the settings of the test.</param>
    /// <param name="role">Of those that host webhooks.</param>
    public Task<TestNode> StartAsync(string toml, string hocon = "", string role = "") =>
        StartAsync(new ShardedWebhooksOptions { ConfigText = toml, Role = role }, hocon);

    /// <summary>Starts a node with the webhooks of a file; it is up when this returns.</summary>
    /// <param name="hocon">Over the settings of the test.</param>
    public Task<TestNode> StartFromFileAsync(string file, string hocon = "", string role = "") =>
        StartAsync(new ShardedWebhooksOptions { ConfigFile = file, Role = role }, hocon);

    /// <summary>Every node sees so many that are up.</summary>
    public static Task SeeAsync(int nodes, params IEnumerable<TestNode> by) => Eventually.True(() => by.All(node =>
        node.Cluster.State.Members.Count(member => member.Status == MemberStatus.Up) == nodes && node.Cluster.State.Unreachable.IsEmpty));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(node => node.System.Terminate()));
        await Receiver.DisposeAsync();
    }

    private async Task<TestNode> StartAsync(ShardedWebhooksOptions options, string hocon)
    {
        var system = ActorSystem.Create(_name, ConfigurationFactory.ParseString(hocon)
            .WithFallback(ConfigurationFactory.ParseString(Settings()))
            .WithFallback(ShardedWebhooks.Profile));
        if (IsDurable)
            (options.Durable, options.JournalPlugin) = (true, "faulty");
        var node = new TestNode(system, ShardedWebhooks.Start(system, options));
        var seed = _nodes.FirstOrDefault(other => other.Cluster is { IsTerminated: false, SelfMember.Status: MemberStatus.Up }) ?? node;
        _nodes.Add(node);
        node.Cluster.Join(seed.Address);
        await Eventually.True(() => node.Cluster.SelfMember.Status == MemberStatus.Up);
        return node;
    }

    private string Settings() =>
        $$"""
        akka {
          loggers = []
          stdout-loglevel = OFF
          actor { provider = cluster, serialization-settings.allow-unregistered-types = off }
          coordinated-shutdown.run-by-actor-system-terminate = off
          remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0, transport-class = "{{PortNode.Class}}" }
          cluster {
            split-brain-resolver.stable-after = 2s
            down-removal-margin = 2s
            sharding.rebalance-interval = 2s
            periodic-tasks-initial-delay = 200ms
            gossip-interval = 200ms
            leader-actions-interval = 200ms
            unreachable-nodes-reaper-interval = 200ms
          }
        }
        actor-webhooks.journal.timeout = 2s
        faulty {
          class = "{{typeof(FaultyJournal).FullName}}, {{typeof(FaultyJournal).Assembly.GetName().Name}}"
          plugin-dispatcher = "akka.actor.default-dispatcher"
          store = "{{_name}}"
          circuit-breaker { max-failures = 1000, call-timeout = 60s, reset-timeout = 1s }
        }
        """;
}
