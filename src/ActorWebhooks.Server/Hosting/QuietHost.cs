using ActorWebhooks.Server.Api;
using ActorWebhooks.Server.Intake;
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
    /// <param name="limits">Null for the defaults.</param>
    /// <param name="logLevel">What is less important is not logged.</param>
    public static WebApplicationBuilder CreateBuilder(ListenSocket socket, IntakeLimits? limits = null, LogLevel logLevel = LogLevel.Information)
    {
        limits ??= IntakeLimits.Default;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        LogToStandardError(builder.Logging, logLevel);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.WebHost.UseKestrelCore();
        var seats = new ConnectionSeats(limits.MaxConnections, limits.MaxConnectionsPerAddress, TimeProvider.System);
        builder.Services.AddSingleton(seats);
        // After Kestrel's own, so that it is the one that is taken.
        builder.Services.AddSingleton<IConnectionListenerFactory>(services =>
            new PatientListenerFactory(socket, seats, services.GetRequiredService<ILoggerFactory>()));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel);
            kestrel.Listen(socket.EndPoint, listen =>
            {
                // Without TLS there is nothing to negotiate HTTP/2 with.
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => RunAsync(connection, seats, next));
            });
        });
        return builder;
    }

    /// <summary>What comes before everything that the host answers.</summary>
    public static void Use(WebApplication app)
    {
        AnswerHeaders.Use(app);
        SeatedRequests.Use(app, app.Services.GetRequiredService<ConnectionSeats>());
    }

    private static async Task RunAsync(ConnectionContext connection, ConnectionSeats seats, ConnectionDelegate next)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            if (connection.Features.Get<ConnectionSeat>() is { } seat)
                seats.Leave(seat);
        }
    }

    // The number of connections is up to their seats.
    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = EventLimits.MaxBodyBytes;
        // What is read ahead of a connection, as of requests that come before the answer to another was taken.
        kestrel.Limits.MaxRequestBufferSize = 128 * 1024;
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
    }

    private static void LogToStandardError(ILoggingBuilder logging, LogLevel level)
    {
        logging.Services.AddSingleton<LogSecrets>().AddSingleton(TimeProvider.System);
        logging.AddConsole(console => console.FormatterName = CleanConsoleFormatter.FormatterName);
        logging.AddConsoleFormatter<CleanConsoleFormatter, ConsoleFormatterOptions>();
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            // When nobody reads the log, lines are left out, and it says how many, instead of stopping whoever logs.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        logging.SetMinimumLevel(level);
        // ASP.NET logs each request at information: that is wanted at debug only.
        logging.AddFilter("Microsoft", level == LogLevel.Information ? LogLevel.Warning : level);
        // A start that fails is told by a sentence instead.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
