using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActorWebhooks.Server.Api.Health;

/// <summary>
/// <c>GET /health/live</c>: the process answers. <c>GET /health/ready</c>: it should be given requests, says everyone who knows something
/// about that.
/// </summary>
internal static class HealthEndpoint
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Map(WebApplication app)
    {
        app.MapGet("/health/live", context => context.Response.WriteAsync("live"));
        app.MapGet("/health/ready", context => AnswerOf(context).ExecuteAsync(context));
    }

    private static IResult AnswerOf(HttpContext context)
    {
        var sides = context.RequestServices.GetServices<INodeHealth>().Select(health => health.Check()).ToArray();
        var reasons = sides.SelectMany(side => side.Reasons).ToArray();
        return reasons.Length == 0
            ? Results.Json(new { status = "ready", warnings = sides.SelectMany(side => side.Warnings) }, Json)
            : Results.Json(new { status = "not-ready", reasons }, Json, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
