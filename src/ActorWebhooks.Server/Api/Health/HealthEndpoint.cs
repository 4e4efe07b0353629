namespace ActorWebhooks.Server.Api;

/// <summary><c>GET /health/live</c>: the process answers.</summary>
internal static class HealthEndpoint
{
    public static void Map(WebApplication app) => app.MapGet("/health/live", context => context.Response.WriteAsync("live"));
}
