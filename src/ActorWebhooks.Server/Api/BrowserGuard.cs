using System.Net;

namespace ActorWebhooks.Server.Api;

/// <summary>
/// Keeps web pages that the user of this machine visits from reaching an API without a key: a foreign page names itself in
/// <c>Origin</c>, one that made its own name resolve to this machine is known by <c>Host</c>. A proxy on this machine would speak for whoever
/// reaches it, so a request that was forwarded is kept out too.
/// </summary>
internal static class BrowserGuard
{
    // What proxies and load balancers add, by whatever name.
    private static readonly string[] Forwarding =
    [
        "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Envoy-External-Address", "True-Client-IP", "CF-Connecting-IP",
        "Fastly-Client-IP", "Fly-Client-IP", "X-Azure-ClientIP", "X-ProxyUser-Ip", "CDN-Loop",
    ];

    private static readonly string[] ForwardingPrefixes = ["X-Forward", "X-Original-"];

    /// <summary>Guards everything but the health of the node.</summary>
    public static void Use(WebApplication app) => app.Use((context, next) =>
        context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) || IsLocal(context.Request)
            ? next(context)
            : Problems.WriteAsync(
                context,
                StatusCodes.Status403Forbidden,
                "Without an API key the server answers only HTTP/1.1 requests for localhost that neither a web page sent nor a proxy forwarded. "
                + "Start it with --api-key KEY, and send the key as 'Authorization: Bearer KEY'."));

    private static bool IsForwarded(IHeaderDictionary headers)
    {
        foreach (var name in Forwarding)
        {
            if (headers.ContainsKey(name))
                return true;
        }

        foreach (var (name, _) in headers)
        {
            foreach (var prefix in ForwardingPrefixes)
            {
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private static bool IsLocal(HttpRequest request)
    {
        var host = request.Host.Host.Trim('[', ']');
        var isLoopback = host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        return isLoopback
            && !IsForwarded(request.Headers)
            // Which proxies speak unless they are told otherwise, and programs of today do not.
            && !HttpProtocol.IsHttp10(request.Protocol)
            && !WebPage.SentFromAnotherSite(request)
            && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"http://{request.Host.Value}");
    }
}
