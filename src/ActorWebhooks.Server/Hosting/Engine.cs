using Akka.Hosting;

namespace ActorWebhooks.Server.Hosting;

/// <summary>The webhooks themselves, behind <see cref="IWebhookPublisher"/>.</summary>
internal static class Engine
{
    // Akka's own first logger writes to standard output.
    private const string Quiet = "akka { stdout-loglevel = OFF, log-dead-letters-during-shutdown = off }";

    public static void AddTo(IServiceCollection services, ServerOptions options) => services
        .AddAkka("webhooks", akka => akka
            .AddHocon(options.Hocon, HoconAddMode.Prepend)
            .AddHocon(Quiet, HoconAddMode.Append)
            .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory())
            .WithWebhooks(webhooks =>
            {
                webhooks.ConfigFile = options.ConfigFile;
                webhooks.ConfigText = options.Demo?.ToToml();
                webhooks.MaxEventBytes = options.MaxEventBytes;
            }))
        .AddWebhookPublisher()
        .AddHostedService<EngineStop>();
}
