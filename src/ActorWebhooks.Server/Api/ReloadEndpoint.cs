using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Server.Api;

/// <summary><c>POST /api/reload</c>: reads the webhook file again and says what changed by it, or every error of the file.</summary>
internal static class ReloadEndpoint
{
    // The file, or one that a macro in it names, may be on a slow disk.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Map(WebApplication app) => app.MapPost("/api/reload", ReloadAsync);

    private static async Task ReloadAsync(HttpContext context)
    {
        var router = await context.RequestServices.GetRequiredService<IRequiredActor<WebhookRouter>>().GetAsync(context.RequestAborted);
        WebhooksReloaded reloaded;
        try
        {
            reloaded = await router.Ask<WebhooksReloaded>(ReloadWebhooks.Instance, Patience, context.RequestAborted);
        }
        catch (AskTimeoutException)
        {
            await Problems.WriteTryAgainAsync(context, $"The webhook file was not read within {Patience.TotalSeconds} s; it may be in force later all the same.");
            return;
        }

        if (reloaded.Errors.Count > 0)
        {
            await Problems.WriteAsync(
                context,
                StatusCodes.Status422UnprocessableEntity,
                "Nothing was changed, and the webhooks run as before: errors has every error.",
                new Dictionary<string, object?> { ["errors"] = reloaded.Errors });
            return;
        }

        await Results.Json(
            new { added = reloaded.Added, removed = reloaded.Removed, changed = reloaded.Changed, warnings = reloaded.Warnings },
            JsonAnswers.Options).ExecuteAsync(context);
    }
}
