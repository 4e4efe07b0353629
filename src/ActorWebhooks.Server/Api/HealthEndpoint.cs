namespace ActorWebhooks.Server.Api;

/// <summary><c>GET /health/live</c>: the process answers.</summary>
internal static class HealthEndpoint
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/health/live", () => "live");
}
