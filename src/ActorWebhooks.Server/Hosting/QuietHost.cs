using ActorWebhooks.Connections;
using ActorWebhooks.Server.Api;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

namespace ActorWebhooks.Server.Hosting;

/// <summary>
/// A web host on one socket, with tight limits, that leaves standard output to the product's own words. Settings come from the
/// command line alone: no file or variable of ASP.NET adds an address.
/// </summary>
internal static class QuietHost
{
    public static WebApplicationBuilder CreateBuilder(ListenSocket socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        LogToStandardError(builder.Logging);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.WebHost.UseKestrelCore();
        var most = HandleBudget.OfProcess().Intake;
        var connections = new IdleConnections(most, TimeProvider.System);
        // After Kestrel's own, so that it is the one that is taken.
        builder.Services.AddSingleton<IConnectionListenerFactory>(services =>
            new PatientListenerFactory(socket, connections, services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton(connections);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel, most);
            kestrel.Listen(socket.EndPoint, listen =>
            {
                // Without TLS there is nothing to negotiate HTTP/2 with.
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => connections.RunAsync(connection, next));
            });
        });
        return builder;
    }

    /// <summary>Tells the connections of the host which of them are idle.</summary>
    public static void UseConnections(WebApplication app)
    {
        if (app.Services.GetService<IdleConnections>() is not { } connections)
            return;
        app.Use(async (context, next) =>
        {
            connections.SetBusy(context.Connection.Id, isBusy: true);
            try
            {
                await next(context);
            }
            finally
            {
                connections.SetBusy(context.Connection.Id, isBusy: false);
            }
        });
    }

    private static void Limit(KestrelServerOptions kestrel, int connections)
    {
        // Those that are closed for others end a moment later.
        const int Ending = 16;

        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = EventLimits.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxConcurrentConnections = connections + Ending;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
    }

    private static void LogToStandardError(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = Console.IsErrorRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            // When nobody reads the log, lines are left out, and it says how many, instead of stopping whoever logs.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // A start that fails is told by a sentence instead.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
