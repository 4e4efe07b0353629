using System.Collections.Immutable;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Server.Api.Status;

/// <summary><c>/api/webhooks</c>: what the webhooks are doing, and what they can be told.</summary>
internal static class WebhooksEndpoint
{
    private const string TestEventType = "webhook.test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void Map(WebApplication app)
    {
        app.MapGet("/api/webhooks", ListAsync);
        app.MapGet("/api/webhooks/{id}", context => AnswerAsync<WebhookStatus>(
            context, new GetStatus(), status => WebhookView.Of(status, withConfiguration: true)));
        app.MapGet("/api/webhooks/{id}/attempts", context => AnswerAsync<ImmutableArray<Attempt>>(
            context, new GetAttempts(), attempts => attempts.Reverse().Select(AttemptView.Of)));
        app.MapGet("/api/webhooks/{id}/dead-letters", DeadLettersAsync);
        app.MapPost("/api/webhooks/{id}/dead-letters/replay", context => TakeLettersAsync(
            context, ids => new ReplayDeadLetters(ids), count => new { replayed = count }));
        app.MapDelete("/api/webhooks/{id}/dead-letters", context => TakeLettersAsync(
            context, ids => new DropDeadLetters(ids), count => new { dropped = count }));
        app.MapPost("/api/webhooks/{id}/pause", context => AnswerAsync<WebhookStatus>(
            context, new PauseWebhook(), status => WebhookView.Of(status, withConfiguration: false)));
        app.MapPost("/api/webhooks/{id}/resume", context => AnswerAsync<WebhookStatus>(
            context, new ResumeWebhook(), status => WebhookView.Of(status, withConfiguration: false)));
        app.MapPost("/api/webhooks/{id}/retry", context => AnswerAsync<WebhookStatus>(
            context, new RetryNow(), status => WebhookView.Of(status, withConfiguration: false)));
        app.MapPost("/api/webhooks/{id}/test", TestAsync);
    }

    private static async Task ListAsync(HttpContext context)
    {
        var status = await AskAsync(context, new GetWebhooks());
        if (status is WebhooksStatus found)
        {
            await WriteAsync(context, new
            {
                webhooks = found.Webhooks.Select(webhook => WebhookView.Of(webhook, withConfiguration: false)),
                configurationErrors = found.ConfigurationErrors,
                warnings = found.Warnings,
            });
        }
        else
        {
            await RefuseAsync(context, status);
        }
    }

    private static Task DeadLettersAsync(HttpContext context)
    {
        var query = DeadLetterQuery.Read(context.Request.Query, out var fault);
        return fault is not null
            ? Problems.WriteAsync(context, StatusCodes.Status400BadRequest, fault)
            : AnswerAsync<DeadLetterPage>(context, new GetDeadLetters(query.After, query.Limit), DeadLetterPageView.Of);
    }

    private static async Task TakeLettersAsync(
        HttpContext context, Func<ImmutableHashSet<string>?, IWebhookCommand> command, Func<int, object> view)
    {
        var ids = LetterIds.Read(context.Request, out var fault);
        if (fault is not null)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        var answer = await AskAsync(context, new ToWebhook(AddressedWebhook.IdOf(context), command(ids)));
        if (answer is DeadLettersTaken { Count: 0 } && ids is not null)
            await Problems.WriteAsync(context, StatusCodes.Status404NotFound, "No dead letter of the webhook has such an id, or the endpoint is gone.");
        else if (answer is DeadLettersTaken taken)
            await WriteAsync(context, view(taken.Count));
        else
            await RefuseAsync(context, answer);
    }

    private static async Task TestAsync(HttpContext context)
    {
        var test = WebhookEvent.Create(TestEventType, new { message = "A test of this webhook, asked for by an operator." });
        var answer = await AskAsync(context, new SendToWebhook(AddressedWebhook.IdOf(context), test));
        if (answer is PublishReceipt { IsAccepted: true })
            await WriteAsync(context, new { id = test.Id }, StatusCodes.Status202Accepted);
        else
            await RefuseAsync(context, answer);
    }

    private static async Task AnswerAsync<T>(HttpContext context, IWebhookCommand command, Func<T, object> view)
    {
        var answer = await AskAsync(context, new ToWebhook(AddressedWebhook.IdOf(context), command));
        if (answer is T found)
            await WriteAsync(context, view(found));
        else
            await RefuseAsync(context, answer);
    }

    private static async Task<object> AskAsync(HttpContext context, object question)
    {
        var router = await context.RequestServices.GetRequiredService<IRequiredActor<WebhookRouter>>().GetAsync(context.RequestAborted);
        try
        {
            return await router.Ask<object>(question, Patience, context.RequestAborted);
        }
        catch (AskTimeoutException)
        {
            return $"No answer within {Patience.TotalSeconds} s.";
        }
    }

    private static Task RefuseAsync(HttpContext context, object answer) => answer switch
    {
        NoSuchWebhook missing => Problems.WriteAsync(
            context, StatusCodes.Status404NotFound, $"No webhook runs under the id '{Text.Printable.Shorten(missing.WebhookId)}'."),
        TooManyAtOnce => Problems.WriteTryAgainAsync(context, "Dead letters of this webhook are being put back or dropped."),
        NoSuchPage => Problems.WriteAsync(context, StatusCodes.Status400BadRequest, DeadLetterQuery.NoCursor),
        PublishReceipt receipt => Problems.WriteTryAgainAsync(context, $"The webhook refused the event: {receipt.Refusals[0].Reason}."),
        _ => Problems.WriteTryAgainAsync(context, "The webhooks did not answer in time."),
    };

    private static Task WriteAsync(HttpContext context, object view, int status = StatusCodes.Status200OK) =>
        Results.Json(view, JsonAnswers.Options, statusCode: status).ExecuteAsync(context);
}
