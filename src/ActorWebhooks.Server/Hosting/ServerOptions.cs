using System.Net;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Intake;
using ActorWebhooks.Server.Receiving;
using ActorWebhooks.Server.Storage;
using Akka.Configuration;

namespace ActorWebhooks.Server.Hosting;

/// <summary>What one node is started with.</summary>
internal sealed record ServerOptions
{
    /// <summary>Port 0 takes a free one.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Null runs <see cref="Demo"/>.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Whether it may hold no webhook without saying so.</summary>
    public bool AllowEmptyConfigFile { get; init; }

    public DemoWebhook? Demo { get; init; }

    /// <summary>Null answers everybody, which is for loopback alone.</summary>
    public ApiKey? ApiKey { get; init; }

    /// <summary>Open while the node runs; whoever makes it opens and disposes it.</summary>
    public EventStore Store { get; init; } = new MemoryStore();

    /// <summary>Null for a node on its own.</summary>
    public ClusterSettings? Cluster { get; init; }

    public Config Hocon { get; init; } = Config.Empty;

    /// <summary>What is less important is not logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public long MaxEventBytes { get; init; } = EventLimits.DefaultMaxEventBytes;

    public IntakeLimits Intake { get; init; } = IntakeLimits.Default;

    /// <summary>How long a request waits for the webhooks to say that they hold its events.</summary>
    public TimeSpan ReceiptPatience { get; init; } = TimeSpan.FromSeconds(30);
}
