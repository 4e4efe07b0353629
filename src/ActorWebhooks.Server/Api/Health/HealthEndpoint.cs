namespace ActorWebhooks.Server.Api.Health;

/// <summary>
/// <c>GET /health/live</c>: the process answers. <c>GET /health/ready</c>: it should be given requests, says everyone who knows something
/// about that.
/// </summary>
internal static class HealthEndpoint
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", context => context.Response.WriteAsync("live"));
        app.MapGet("/health/ready", AnswerAsync);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var sides = await Task.WhenAll(context.RequestServices.GetServices<INodeHealth>().Select(health => health.CheckAsync().AsTask()));
        var reasons = sides.SelectMany(side => side.Reasons).ToArray();
        var answer = reasons.Length == 0
            ? Results.Json(new { status = "ready", warnings = sides.SelectMany(side => side.Warnings) }, JsonAnswers.Options)
            : Results.Json(new { status = "not-ready", reasons }, JsonAnswers.Options, statusCode: StatusCodes.Status503ServiceUnavailable);
        await answer.ExecuteAsync(context);
    }
}
