using Microsoft.Extensions.Logging.Console;

namespace ActorWebhooks.Server.Hosting;

/// <summary>A web host on a bound socket, with tight limits, that leaves the screen to the product's own words.</summary>
internal static class QuietWebHost
{
    public static WebApplicationBuilder CreateBuilder(ListenAddress address, long maxBodyBytes)
    {
        // Without the command line and the environment: what is set is set by our own options.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("ActorWebhooks", LogLevel.Information);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = maxBodyBytes;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Listen(address.EndPoint);
        });
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = _ => address.Socket);
        return builder;
    }
}
