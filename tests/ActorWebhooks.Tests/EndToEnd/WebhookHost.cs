using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorWebhooks.Tests.EndToEnd;

/// <summary>An application that embeds webhooks, as the README shows it.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    private readonly IHost _host;

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

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    public static string Toml(Receiver receiver, string more = "") => $"""
        [webhook."audit"]
        url = "{receiver.Url}"
        events = "*"
        {more}
        """;
}
