using System.Collections.Immutable;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using ActorWebhooks.Testing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorWebhooks.Tests.EndToEnd;

/// <summary>An application that embeds webhooks, as the README shows it.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private const string Id = "audit";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // How late a timer may be while the other tests run.
    private static readonly TimeSpan BusyMachine = TimeSpan.FromSeconds(5);

    private readonly IHost _host;
    private readonly long _start = PoolProbe.Now;

    private WebhookHost(IHost host) => _host = host;

    public IActorRef Router => _host.Services.GetRequiredService<IRequiredActor<WebhookRouter>>().ActorRef;

    public IWebhookPublisher Publisher => _host.Services.GetRequiredService<IWebhookPublisher>();

    public static Task<WebhookHost> StartAsync(string toml, Action<WebhooksOptions>? configure = null) =>
        StartAsync(akka => akka.WithWebhooks(options =>
        {
            options.ConfigText = toml;
            configure?.Invoke(options);
        }));

    public static async Task<WebhookHost> StartAsync(Action<AkkaConfigurationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWebhookPublisher();
        builder.Services.AddAkka("app", akka =>
        {
            akka.ConfigureLoggers(loggers => loggers.ClearLoggers()).WithStrictSerialization();

            // Tests whose endpoint never recovers need not wait for it.
            akka.AddHocon("actor-webhooks.drain-timeout = 2s", HoconAddMode.Append);
            configure(akka);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new WebhookHost(host);
    }

    /// <summary>Of the webhook that <see cref="Toml(Uri, string)"/> has, as everything below.</summary>
    public Task<WebhookStatus> StatusAsync() => Router.Ask<WebhookStatus>(new ToWebhook(Id, new GetStatus()), Patience);

    public Task<ImmutableArray<Attempt>> AttemptsAsync() =>
        Router.Ask<ImmutableArray<Attempt>>(new ToWebhook(Id, new GetAttempts()), Patience);

    public void Tell(IWebhookCommand command) => Router.Tell(new ToWebhook(Id, command), ActorRefs.NoSender);

    /// <summary>Its actor fails, and is restarted.</summary>
    public void Fail() => _host.Services.GetRequiredService<ActorSystem>()
        .ActorSelection(Router.Path / Id).Tell(Kill.Instance, ActorRefs.NoSender);

    public Task AwaitDeliveredAsync(long events) => Eventually.Equal(events, async () => (await StatusAsync()).Delivered);

    /// <summary>Publishes these so that they go in one batch, if they fit.</summary>
    public async Task PublishTogetherAsync(params WebhookEvent[] events)
    {
        Tell(new PauseWebhook());
        await StatusAsync();
        Assert.True((await Publisher.PublishAsync(new WebhookEvents(events))).IsAccepted);
        Tell(new ResumeWebhook());
    }

    /// <summary>
    /// Stops, after a look at what holds whatever a test did: the books balance, no attempt took longer than its timeout allows, and no
    /// more is kept of a response than may be.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var webhook in (await Router.Ask<WebhooksStatus>(new GetWebhooks(), Patience)).Webhooks)
        {
            Assert.Equal(webhook.Accepted, webhook.Delivered + webhook.Waiting + webhook.Dead + webhook.Dropped.Values.Sum());
            var answer = await Router.Ask<object>(new ToWebhook(webhook.WebhookId, new GetAttempts()), Patience);

            // One that was removed may have left by now.
            if (answer is NoSuchWebhook)
                continue;
            var attempts = Assert.IsType<ImmutableArray<Attempt>>(answer);
            Assert.InRange(attempts.Length, 0, AttemptLog.MaxAttempts);
            Assert.All(attempts, attempt =>
            {
                Assert.True(attempt.Latency <= webhook.Definition.Timeout + BusyMachine, $"{webhook.Definition.Timeout}, but {attempt}");
                Assert.InRange(attempt.Outcome.Response.Length, 0, HttpAttempt.ResponseExcerptBytes);
            });
        }

        await _host.StopAsync();
        _host.Dispose();
        PoolProbe.AssertNotStuckSince(_start);
    }

    public static string Toml(Receiver receiver, string more = "") => Toml(receiver.Url, more);

    public static string Toml(Uri url, string more = "") => $"""
        [webhook."{Id}"]
        url = "{url}"
        events = "*"
        {more}
        """;
}
