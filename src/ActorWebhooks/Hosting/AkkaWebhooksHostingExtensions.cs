using ActorWebhooks.Publishing;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActorWebhooks;

/// <summary>Starts webhooks with an Akka.Hosting application.</summary>
public static class AkkaWebhooksHostingExtensions
{
    // Over Akka's own default of 5 s, under whatever the application says. The rest of reference.conf is the last of all fallbacks.
    private const string TimeToDrain = "akka.coordinated-shutdown.phases.service-requests-done.timeout = 12s";

    /// <summary>Starts the webhooks of a TOML file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configFile">See <see cref="WebhooksOptions.ConfigFile"/>.</param>
    /// <returns>The same <see cref="AkkaConfigurationBuilder"/> instance originally passed in.</returns>
    public static AkkaConfigurationBuilder WithWebhooks(this AkkaConfigurationBuilder builder, string configFile) =>
        builder.WithWebhooks(new WebhooksOptions { ConfigFile = configFile });

    /// <summary>Starts webhooks.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same <see cref="AkkaConfigurationBuilder"/> instance originally passed in.</returns>
    public static AkkaConfigurationBuilder WithWebhooks(this AkkaConfigurationBuilder builder, Action<WebhooksOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new WebhooksOptions();
        configure(options);
        return builder.WithWebhooks(options);
    }

    /// <summary>Starts webhooks.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The options.</param>
    /// <returns>The same <see cref="AkkaConfigurationBuilder"/> instance originally passed in.</returns>
    public static AkkaConfigurationBuilder WithWebhooks(this AkkaConfigurationBuilder builder, WebhooksOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder
            .AddHocon(TimeToDrain, HoconAddMode.Append)
            .WithActors((system, registry) => registry.Register<WebhookRouter>(Webhooks.Start(system, options)));
    }

    /// <summary>Adds <see cref="IWebhookPublisher"/> to the services of an application that calls <c>WithWebhooks</c>.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The same <see cref="IServiceCollection"/> instance originally passed in.</returns>
    public static IServiceCollection AddWebhookPublisher(this IServiceCollection services)
    {
        services.TryAddSingleton<IWebhookPublisher, HostedPublisher>();
        return services;
    }
}
