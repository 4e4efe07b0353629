using ActorWebhooks.Server.Api.Health;
using ActorWebhooks.Server.Storage;
using ActorWebhooks.Text;
using Akka.Hosting;

namespace ActorWebhooks.Server.Hosting;

/// <summary>The webhooks themselves, behind <see cref="IWebhookPublisher"/>.</summary>
internal static class Engine
{
    // Akka's own first and last logger writes to standard output.
    private const string Quiet = """
        akka {
            stdout-loglevel = OFF
            stdout-logger-class = "ActorWebhooks.Server.Hosting.SilentLogger, ActorWebhooks.Server"
            log-dead-letters-during-shutdown = off
        }
        """;

    public static void AddTo(IServiceCollection services, ServerOptions options)
    {
        services
            .AddAkka(ClusterNode.SystemName, (akka, provider) => akka
                .AddHocon(options.Hocon, HoconAddMode.Prepend)
                .AddHocon(options.Store.Profile, HoconAddMode.Append)
                .AddHocon(Quiet, HoconAddMode.Append)
                .AddHocon($"akka.loglevel = {WordOf(options.LogLevel)}", HoconAddMode.Append)
                .WithWebhooksHardening()
                .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLogger<EngineLogger>())
                .WithConnections(options.Store)
                .WithRedactedLog(options, provider.GetRequiredService<LogSecrets>())
                .WithWebhooks(options))
            .AddWebhookPublisher()
            .AddHostedService<EngineStop>()
            .AddHostedService(provider => new StoreUpkeep(options.Store, provider.GetRequiredService<ILogger<EventStore>>()))
            .AddSingleton<INodeHealth>(new StoreHealth(options.Store))
            .AddSingleton<INodeHealth, EngineHealth>()
            .AddSingleton<INodeHealth, AcceptanceHealth>();
        if (options.Cluster is not null)
        {
            services
                .AddSingleton<INodeHealth, ClusterHealth>()
                .Configure<HostOptions>(host => host.ShutdownTimeout = ClusterNode.TimeToLeave);
        }
    }

    private static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Debug => "DEBUG",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "INFO",
    };

    private static AkkaConfigurationBuilder WithConnections(this AkkaConfigurationBuilder akka, EventStore store)
    {
        if (store.Connections is { } connections)
            akka.AddSetup(connections);
        return akka;
    }

    private static AkkaConfigurationBuilder WithRedactedLog(this AkkaConfigurationBuilder akka, ServerOptions options, LogSecrets log) =>
        akka.AddStartup((system, _) =>
        {
            var secrets = NodeSecrets.Get(system);
            secrets.Set(nameof(ServerSecrets), ServerSecrets.Of(options));
            secrets.Follow(redactor => log.Redactor = redactor);
        });

    private static AkkaConfigurationBuilder WithWebhooks(this AkkaConfigurationBuilder akka, ServerOptions options)
    {
        return options.Cluster is { } cluster
            ? akka.WithCluster(cluster).WithShardedWebhooks(Set)
            : akka.WithWebhooks(Set);

        void Set(WebhooksOptions webhooks)
        {
            webhooks.ConfigFile = options.ConfigFile;
            webhooks.AllowEmptyConfigFile = options.AllowEmptyConfigFile;
            webhooks.ConfigText = options.Demo?.ToToml();
            webhooks.MaxEventBytes = options.MaxEventBytes;
            webhooks.Durable = options.Store.Durable;
            webhooks.OwnsJournal = options.Cluster is null;
        }
    }
}
