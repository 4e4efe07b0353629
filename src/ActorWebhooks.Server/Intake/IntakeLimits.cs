using ActorWebhooks.Connections;
using ActorWebhooks.Hosting;
using Akka.Configuration;

namespace ActorWebhooks.Server.Intake;

/// <summary>What callers of the server may take of it: the section <c>actor-webhooks.server</c>, with its defaults in <c>server.conf</c>.</summary>
/// <param name="MaxConnections">Open at once, besides the reserve.</param>
/// <param name="MaxConnectionsPerAddress">Of these, those of one address.</param>
/// <param name="MaxRequestMemory">Of all request bodies, and the events made of them, at once; in bytes.</param>
/// <param name="BodyTimeout">How long a body may take to arrive.</param>
internal sealed record IntakeLimits(int MaxConnections, int MaxConnectionsPerAddress, long MaxRequestMemory, TimeSpan BodyTimeout)
{
    /// <summary>No address has a smaller share of its own accord.</summary>
    public const int LeastPerAddress = 8;

    private const int MostConnections = 1_000_000;

    // The largest request, with the most events that it may bring, has to fit into the part for large ones.
    private const long LeastMemory = 112L * 1024 * 1024;

    /// <summary>The defaults for this process.</summary>
    public static IntakeLimits Default { get; } = Create(Reference(), []);

    /// <summary>The embedded <c>server.conf</c>.</summary>
    public static Config Reference() =>
        ConfigurationFactory.FromResource("ActorWebhooks.Server.server.conf", typeof(IntakeLimits).Assembly);

    /// <param name="errors">Gets each setting that is not right.</param>
    public static IntakeLimits Create(Config config, List<string> errors)
    {
        var reader = new SettingsReader(config.GetConfig(WebhooksSettings.Section), errors);
        var connections = reader.IntegerOrAuto("server.max-connections", "", null, LeastPerAddress, MostConnections) ?? HandleBudget.OfProcess().Intake;
        return new IntakeLimits(
            connections,
            reader.IntegerOrAuto("server.max-connections-per-address", "", null, 1, MostConnections) ?? Math.Max(LeastPerAddress, connections / 2),
            reader.Size("server.max-request-memory", "", null, LeastMemory, long.MaxValue),
            reader.Duration("server.body-timeout", TimeSpan.FromSeconds(1)));
    }
}
