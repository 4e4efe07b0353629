using ActorWebhooks.Cluster.Hosting;
using Akka.Hosting;

namespace ActorWebhooks;

/// <summary>Starts webhooks that live in a cluster, with an Akka.Hosting application.</summary>
public static class AkkaShardedWebhooksHostingExtensions
{
    /// <summary>Starts the webhooks of a TOML file, each on one node of the cluster.</summary>
    /// <param name="builder">The builder, with clustering (<c>WithClustering</c> of Akka.Cluster.Hosting).</param>
    /// <param name="configFile">See <see cref="WebhooksOptions.ConfigFile"/>. The same on all nodes that host webhooks.</param>
    /// <param name="configure">Sets more options; default null.</param>
    /// <returns>The same <see cref="AkkaConfigurationBuilder"/> instance originally passed in.</returns>
    public static AkkaConfigurationBuilder WithShardedWebhooks(
        this AkkaConfigurationBuilder builder, string configFile, Action<ShardedWebhooksOptions>? configure = null)
    {
        var options = new ShardedWebhooksOptions { ConfigFile = configFile };
        configure?.Invoke(options);
        return builder.WithShardedWebhooks(options);
    }

    /// <summary>Starts webhooks, each on one node of the cluster.</summary>
    /// <param name="builder">The builder, with clustering (<c>WithClustering</c> of Akka.Cluster.Hosting).</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same <see cref="AkkaConfigurationBuilder"/> instance originally passed in.</returns>
    public static AkkaConfigurationBuilder WithShardedWebhooks(this AkkaConfigurationBuilder builder, Action<ShardedWebhooksOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ShardedWebhooksOptions();
        configure(options);
        return builder.WithShardedWebhooks(options);
    }

    /// <summary>Starts webhooks, each on one node of the cluster.</summary>
    /// <param name="builder">The builder, with clustering (<c>WithClustering</c> of Akka.Cluster.Hosting).</param>
    /// <param name="options">The options.</param>
    /// <returns>The same <see cref="AkkaConfigurationBuilder"/> instance originally passed in.</returns>
    public static AkkaConfigurationBuilder WithShardedWebhooks(this AkkaConfigurationBuilder builder, ShardedWebhooksOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder
            .AddHocon(ClusterProfile.OfAkka, HoconAddMode.Append)
            .AddHocon(ClusterProfile.OverParts, HoconAddMode.Prepend)
            .WithActors((system, registry) => registry.Register<WebhookRouter>(ShardedWebhooks.Start(system, options)));
    }
}
