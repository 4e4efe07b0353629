using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

/// <summary>An application with durable webhooks, on a journal that outlives it and fails as the test says.</summary>
internal sealed class DurableHost(string toml, string hocon = "")
{
    private readonly string _store = Guid.NewGuid().ToString("N");

    public FaultyStore Store => FaultyStore.Of(_store);

    /// <summary>What webhooks logged of journals, as <c>WarningLevel: …</c>.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public Task<WebhookHost> StartAsync(string? changedToml = null) => StartAsync(options => options.ConfigText = changedToml ?? toml);

    /// <summary>With webhooks that can be read again.</summary>
    public Task<WebhookHost> StartFromAsync(string configFile, HttpMessageHandler network) => StartAsync(options =>
    {
        options.ConfigFile = configFile;
        options.HttpHandlerOf = _ => network;
    });

    /// <summary>With an endpoint that is the test itself.</summary>
    public Task<WebhookHost> StartAsync(HttpMessageHandler network) => StartAsync(options =>
    {
        options.ConfigText = toml;
        options.HttpHandlerOf = _ => network;
    });

    private Task<WebhookHost> StartAsync(Action<WebhooksOptions> configure) => WebhookHost.StartAsync(akka => akka
        .AddHocon(
            $$"""
            actor-webhooks.journal.timeout = 1s
            actor-webhooks.outbox.memory-window = 64KiB
            faulty {
              class = "{{typeof(FaultyJournal).FullName}}, {{typeof(FaultyJournal).Assembly.GetName().Name}}"
              plugin-dispatcher = "akka.actor.default-dispatcher"
              store = "{{_store}}"
              circuit-breaker { max-failures = 1000, call-timeout = 60s, reset-timeout = 1s }
            }
            {{hocon}}
            """,
            HoconAddMode.Prepend)
        .AddStartup((system, _) => system.EventStream.Subscribe(
            system.ActorOf(Props.Create(() => new Listener(Log)).WithDispatcher("akka.actor.default-dispatcher")), typeof(LogEvent)))
        .WithWebhooks(options =>
        {
            configure(options);
            options.Durable = true;
            options.JournalPlugin = "faulty";
        }));

    private sealed class Listener(ConcurrentQueue<string> log) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            // Akka itself tells of answers that came too late.
            if (message is LogEvent entry && entry.Message?.ToString() is { } text
                && text.Contains("journal", StringComparison.OrdinalIgnoreCase) && !text.Contains("dead letters", StringComparison.Ordinal))
                log.Enqueue($"{entry.LogLevel()}: {text}");
        }
    }
}
