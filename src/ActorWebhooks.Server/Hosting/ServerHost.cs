using System.Net;
using ActorWebhooks.Configuration;
using ActorWebhooks.Hosting;
using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Demo;
using Akka.Configuration;
using Akka.Hosting;

namespace ActorWebhooks.Server.Hosting;

/// <summary>A running node.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private const string DefaultConfigFile = "webhooks.toml";

    private readonly WebApplication _app;

    private ServerHost(WebApplication app, Uri url)
    {
        _app = app;
        Url = url;
    }

    public Uri Url { get; }

    /// <exception cref="ServerRefusedException">Something that the user can mend; nothing was started.</exception>
    public static async Task<ServerHost> StartAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        if (options.ApiKey is { Length: < ApiKey.MinLength })
            throw new ServerRefusedException($"The API key has fewer than {ApiKey.MinLength} characters; accepted are {ApiKey.MinLength} or more.");
        var file = options.ConfigFile ?? (File.Exists(DefaultConfigFile) ? DefaultConfigFile : null);
        var hocon = ReadHocon(options.HoconFile);
        var webhooks = file is null ? (int?)null : Check(file);

        var address = ListenAddress.Bind(options.Url);
        if (!IPAddress.IsLoopback(address.EndPoint.Address) && options.ApiKey is null)
        {
            address.Socket.Dispose();
            throw new ServerRefusedException(
                $"--urls {options.Url}: whoever reaches this address could send events; accepted only with --api-key KEY.");
        }

        var demo = file is null ? DemoWebhook.At(address.Url) : null;
        var settings = Settle(hocon, new WebhooksOptions { ConfigFile = file, ConfigText = demo?.Toml });
        var app = Build(options, hocon, address, demo, settings);
        await app.StartAsync(cancellationToken);
        Greeting.Write(options, address.Url, file, webhooks);
        return new ServerHost(app, address.Url);
    }

    public Task WaitForStopAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(
        ServerOptions options, Config hocon, ListenAddress address, DemoWebhook? demo, WebhooksSettings settings)
    {
        var builder = QuietWebHost.CreateBuilder(address, EventsEndpoint.MaxBodyBytes);
        builder.Services.AddProblemDetails();
        builder.Services.AddWebhookPublisher();
        builder.Services.AddSingleton(new EventLimits(settings.Routing.MaxEventBytes));
        builder.Services.AddAkka("webhooks", akka => akka
            .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory())
            .AddHocon(hocon, HoconAddMode.Prepend)
            .WithWebhooks(webhooks =>
            {
                webhooks.ConfigFile = settings.ConfigFile;
                webhooks.ConfigText = settings.ConfigText;
            }));

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        HealthEndpoint.Map(app);
        demo?.MapReceiver(app, options.Output);
        var api = app.MapGroup("/api");
        if (options.ApiKey is { } key)
            api.AddEndpointFilter(new ApiKey(key));
        EventsEndpoint.Map(api);
        return app;
    }

    private static int Check(string file)
    {
        var result = WebhookFile.Load(file);
        return result.IsValid
            ? result.Webhooks.Count(webhook => webhook.Enable)
            : throw new ServerRefusedException([.. result.Errors.Select(error => error.ToString())]);
    }

    private static WebhooksSettings Settle(Config hocon, WebhooksOptions options)
    {
        try
        {
            return WebhooksSettings.Create(hocon.WithFallback(Webhooks.ReferenceConfig()), options);
        }
        catch (WebhookConfigurationException e)
        {
            throw new ServerRefusedException(e.Errors);
        }
    }

    private static Config ReadHocon(string? file)
    {
        if (file is null)
            return Config.Empty;
        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ConfigurationException)
        {
            throw new ServerRefusedException($"--hocon {file}: {e.Message}");
        }
    }
}
