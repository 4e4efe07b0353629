using System.Net;

namespace ActorWebhooks.Server.Api;

/// <summary>
/// Keeps web pages that the user of this machine visits from reaching an API without a key: a foreign page names itself in
/// <c>Origin</c>, one that made its own name resolve to this machine is known by <c>Host</c>.
/// </summary>
internal static class BrowserGuard
{
    public static void Use(WebApplication app) => app.Use((context, next) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || IsLocal(context.Request)
            ? next(context)
            : Problems.WriteAsync(
                context,
                StatusCodes.Status403Forbidden,
                "Without an API key the server answers only requests for localhost that no web page sent. Start it with --api-key KEY."));

    private static bool IsLocal(HttpRequest request)
    {
        var host = request.Host.Host.Trim('[', ']');
        var isLoopback = host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        return isLoopback && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"http://{request.Host.Value}");
    }
}
