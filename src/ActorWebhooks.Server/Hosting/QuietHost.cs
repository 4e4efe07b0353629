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
        // After Kestrel's own, so that it is the one that is taken.
        builder.Services.AddSingleton<IConnectionListenerFactory>(services =>
            new PatientListenerFactory(socket, services.GetRequiredService<ILoggerFactory>()));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel);
            // Without TLS there is nothing to negotiate HTTP/2 with.
            kestrel.Listen(socket.EndPoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder;
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = EventLimits.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxConcurrentConnections = HandleBudget.OfProcess().Intake;
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
