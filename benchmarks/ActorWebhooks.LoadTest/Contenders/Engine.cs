using ActorWebhooks.LoadTest.Databases;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace ActorWebhooks.LoadTest.Contenders;

/// <summary>This engine, in this process.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private const string Quiet = "akka { loglevel = WARNING, stdout-loglevel = WARNING, log-dead-letters = off }\n";

    private readonly ActorSystem _system;

    private Engine(ActorSystem system, IActorRef router) =>
        (_system, Router, Publisher) = (system, router, Webhooks.CreatePublisher(router));

    public IActorRef Router { get; }

    public IWebhookPublisher Publisher { get; }

    /// <param name="journal">Where events are written before they count as accepted; null: nowhere.</param>
    public static async Task<Engine> StartAsync(string toml, DatabaseConnection? journal, string hocon = "")
    {
        var system = ActorSystem.Create("load", SetupOf(journal, Quiet + hocon));
        var engine = new Engine(system, Webhooks.Start(system, new WebhooksOptions { ConfigText = toml, Durable = journal is not null }));

        // An event that nobody hears is through when all webhooks have been started.
        await engine.Publisher.PublishAsync(WebhookEvent.FromJson("nobody.hears", "{}"u8));
        return engine;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private static ActorSystemSetup SetupOf(DatabaseConnection? journal, string hocon)
    {
        var config = ConfigurationFactory.ParseString(hocon);
        return journal is null
            ? ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config))
            : ActorSystemSetup.Create(
                BootstrapSetup.Create().WithConfig(config.WithFallback(JournalPlugin.ProfileOf(journal.Kind))), JournalPlugin.ConnectionsTo(journal));
    }
}
