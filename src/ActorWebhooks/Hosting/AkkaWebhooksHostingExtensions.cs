using ActorWebhooks.Hardening;
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

    /// <summary>
    /// Takes the serializers out of the actor system that build or look up whatever .NET type their input names: Akka's JSON serializer (1),
    /// Akka.Remote's for Protobuf (2) and for remote deployment (3), stream references (30) and Akka.Delivery (36).
    /// Whoever reaches the port of remoting, or writes to the journal's database, could
    /// have any type built otherwise; strict serialization is about what is sent only. Messages and persistent events of the application that
    /// relied on them need a serializer of their own. An application that cannot do without them takes no webhooks into a journal or a network
    /// that others write to.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same <see cref="AkkaConfigurationBuilder"/> instance originally passed in.</returns>
    public static AkkaConfigurationBuilder WithWebhooksHardening(this AkkaConfigurationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddHocon(HardeningProfile.Config, HoconAddMode.Prepend);
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
