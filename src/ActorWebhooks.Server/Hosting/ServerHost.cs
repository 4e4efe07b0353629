using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Api.Health;
using ActorWebhooks.Server.Api.Status;
using ActorWebhooks.Server.Api.Why;
using ActorWebhooks.Server.Intake;
using ActorWebhooks.Server.Receiving;
using ActorWebhooks.Text;

namespace ActorWebhooks.Server.Hosting;

/// <summary>Puts a node together.</summary>
internal static class ServerHost
{
    /// <param name="output">For what the demo receiver gets; written to from many threads.</param>
    public static WebApplication Build(ServerOptions options, ListenSocket socket, TextWriter output)
    {
        var builder = QuietHost.CreateBuilder(socket, options.Intake, options.LogLevel);
        builder.Services.AddRoutingCore();
        // Akka logs from its start on, before it can be told of secrets.
        builder.Services.AddSingleton(new LogSecrets { Redactor = new SecretRedactor(ServerSecrets.Of(options)) });
        Engine.AddTo(builder.Services, options);
        var app = builder.Build();
        Map(app, options, output);
        return app;
    }

    /// <summary>What the server answers, whoever the <see cref="IWebhookPublisher"/> is.</summary>
    public static void Map(WebApplication app, ServerOptions options, TextWriter output)
    {
        var budget = new BodyBudget(options.Intake.MaxRequestMemory, TimeProvider.System);
        QuietHost.Use(app);
        Problems.Use(app);
        if (options.ApiKey is { } key)
            key.Use(app);
        else
            BrowserGuard.Use(app);

        EventsEndpoint.Map(app, new EventLimits(options.MaxEventBytes), budget, options.ReceiptPatience, options.Intake.BodyTimeout);
        WebhooksEndpoint.Map(app);
        ReloadEndpoint.Map(app);
        WhyEndpoint.Map(app);
        HealthEndpoint.Map(app);
        if (options.Demo is { } demo)
            DemoReceiver.Map(app, demo, output);
    }
}
