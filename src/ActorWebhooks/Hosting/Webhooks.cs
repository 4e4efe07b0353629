using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Hosting;
using ActorWebhooks.Publishing;
using ActorWebhooks.Routing;
using ActorWebhooks.Telemetry;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace ActorWebhooks;

/// <summary>Starts webhooks in an actor system, without Akka.Hosting.</summary>
public static class Webhooks
{
    /// <summary>The name of the router under <c>/user</c>; there is one router in an actor system.</summary>
    public const string RouterName = "webhooks";

    // A phase that overruns is reported as a fault.
    private static readonly TimeSpan TimeToSpare = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts a router and, behind it, the webhooks of the configuration.</summary>
    /// <param name="system">Where they run. They stop with it.</param>
    /// <param name="options">What they are.</param>
    /// <returns>The router. It takes <see cref="WebhookEvent"/> and <see cref="WebhookEvents"/> from now on.</returns>
    /// <exception cref="InvalidOperationException">There is a router in the actor system already.</exception>
    /// <exception cref="WebhookConfigurationException">The options or the webhooks have errors; all are listed, nothing was started.</exception>
    public static IActorRef Start(ActorSystem system, WebhooksOptions options)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(options);
        system.Settings.InjectTopLevelFallback(ReferenceConfig());
        var settings = WebhooksSettings.Create(system.Settings.Config, options);
        var definitions = Load(settings);
        foreach (var id in UnmatchedWebhooks.Find(definitions, [.. options.EventTypes]))
            system.Log.Warning("Webhook {0}: its patterns match none of the event types that the application registered", id);

        var metrics = new WebhookMetrics();
        var transport = options.HttpHandlerOf is { } handlerOf
            ? new HttpTransport(handlerOf)
            : new HttpTransport(settings.ConnectionLifetime, settings.IdleConnectionLifetime);
        system.RegisterOnTermination(transport.Dispose);
        system.RegisterOnTermination(metrics.Dispose);

        var services = new WebhookServices(transport, options.Time, options.Random, metrics);
        var logic = new WebhookRoutingLogic(metrics);
        var supervisor = new SupervisorSettings(
            definitions,
            settings.ConfigText is null ? settings.ConfigFile : null,
            settings.ReloadQuietTime,
            settings.DrainTimeout,
            settings.Routing,
            settings.Outbox,
            settings.DeadLetters,
            settings.Journal?.Limits,
            settings.Journal is { } journal ? JournalPlugin.Open(system, journal.Plugin) : null,
            settings.Journal?.Timeout ?? default);
        var webhooks = new RunningWebhooks(supervisor, services, system.Log);
        system.RegisterOnTermination(logic.Abandon);
        var config = new WebhookRouterConfig(logic, () => new WebhookSupervisor(supervisor, webhooks, logic, services));
        var router = StartRouter(system, config);
        DrainOnShutdown(system, router, settings.DrainTimeout);
        return router;
    }

    /// <summary>A publisher that tells what became of events.</summary>
    /// <param name="router">What <see cref="Start"/> returned.</param>
    /// <returns>The publisher; it may be used from any thread, and as often as wanted.</returns>
    public static IWebhookPublisher CreatePublisher(IActorRef router)
    {
        ArgumentNullException.ThrowIfNull(router);
        return new RouterPublisher(router);
    }

    internal static Config ReferenceConfig() =>
        ConfigurationFactory.FromResource("ActorWebhooks.reference.conf", typeof(Webhooks).Assembly);

    private static ImmutableArray<WebhookDefinition> Load(WebhooksSettings settings)
    {
        var result = settings.ConfigText is { } text
            ? WebhookFile.Parse(text, nameof(WebhooksOptions.ConfigText))
            : WebhookFile.Load(settings.ConfigFile!);
        return result.IsValid
            ? result.Webhooks
            : throw new WebhookConfigurationException([.. result.Errors.Select(error => error.ToString())]);
    }

    private static IActorRef StartRouter(ActorSystem system, WebhookRouterConfig config)
    {
        try
        {
            return system.ActorOf(Props.Empty.WithRouter(config), RouterName);
        }
        catch (InvalidActorNameException e)
        {
            throw new InvalidOperationException(
                $"Webhooks run in the actor system {system.Name} already; put all of them into one configuration and start it once.", e);
        }
    }

    private static void DrainOnShutdown(ActorSystem system, IActorRef router, TimeSpan drainTimeout)
    {
        var shutdown = CoordinatedShutdown.Get(system);
        var phase = shutdown.Timeout(CoordinatedShutdown.PhaseServiceRequestsDone) - TimeToSpare;
        var patience = drainTimeout < phase ? drainTimeout : phase;
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "drain-webhooks", async () =>
        {
            try
            {
                await router.Ask<WebhooksDrained>(new DrainWebhooks(), patience).ConfigureAwait(false);
            }
            catch (AskTimeoutException)
            {
                // What is left is counted and logged as lost when the supervisor stops.
            }

            return Done.Instance;
        });
    }
}
