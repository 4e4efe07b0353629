using ActorWebhooks.Hosting;
using ActorWebhooks.Ownership;
using ActorWebhooks.Publishing;
using ActorWebhooks.Routing;
using Akka;
using Akka.Actor;
using Akka.Configuration;

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
        var lease = new StandaloneLease();
        var node = WebhooksNode.Prepare(system, options, lease);
        var settings = node.Settings;
        var factory = new LiveWebhookFactory(settings.Outbox, settings.DeadLetters, settings.Journal?.Limits, node.Services, system.Log);
        var journal = JournalPlugin.OpeningOf(system, settings.Journal);
        if (journal is null || !options.OwnsJournal)
            lease.Hold();
        var router = node.Start(new LocalWebhooks(factory, journal, options.OwnsJournal ? lease : null, node.Services, system.Log));
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
