using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Search;
using ActorWebhooks.Lookup;
using ActorWebhooks.Matching;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Hosting;

namespace ActorWebhooks.Server.Api.Why;

/// <summary><c>GET /api/why?event=ID</c>: what became of an event, at each webhook.</summary>
internal static class WhyEndpoint
{
    // Each searches a journal; who asks for more than that asks again.
    private const int WebhooksAtOnce = 4;

    private static readonly TimeSpan StatusPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceOfOne = EventSearch.MaxTime + TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public static void Map(WebApplication app)
    {
        // One question at a time.
        var turn = new SemaphoreSlim(1);
        app.MapGet("/api/why", context => WhyAsync(context, turn));
    }

    private static async Task WhyAsync(HttpContext context, SemaphoreSlim turn)
    {
        var query = WhyQuery.Read(context.Request.Query, out var fault);
        if (fault is not null)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        if (!await turn.WaitAsync(0, context.RequestAborted))
        {
            await Problems.WriteTryAgainAsync(context, "Somebody else has an event looked for.");
            return;
        }

        try
        {
            await AnswerAsync(context, query);
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task AnswerAsync(HttpContext context, WhyQuery query)
    {
        var router = await context.RequestServices.GetRequiredService<IRequiredActor<WebhookRouter>>().GetAsync(context.RequestAborted);
        if (await AskAsync(router, new GetWebhooks(), StatusPatience, context.RequestAborted) is not WebhooksStatus status)
        {
            await Problems.WriteTryAgainAsync(context, "The webhooks did not answer in time.");
            return;
        }

        WebhookDefinition[] asked = [.. status.Webhooks
            .Select(webhook => webhook.Definition)
            .Where(webhook => query.Webhook is null || webhook.Id == query.Webhook)
            .OrderBy(webhook => query.Type is { } type && !PatternReason.Of(webhook.Events, type).IsReached)];
        if (asked.Length == 0 && query.Webhook is { } missing)
        {
            await Problems.WriteAsync(context, StatusCodes.Status404NotFound, $"No webhook runs under the id '{Text.Printable.Shorten(missing)}'.");
            return;
        }

        var found = await FindAsync(router, asked, query.Event, context.RequestAborted);
        var known = query.Type ?? found.FirstOrDefault(findings => findings?.EventType is not null)?.EventType;
        await Results.Json(
            new
            {
                @event = query.Event,
                type = known,
                webhooks = asked.Select((webhook, i) => WhyView.Of(webhook, found[i], known)).OrderBy(view => view.Webhook, StringComparer.Ordinal),
            },
            JsonAnswers.Options).ExecuteAsync(context);
    }

    private static async Task<EventFindings?[]> FindAsync(IActorRef router, WebhookDefinition[] webhooks, string eventId, CancellationToken aborted)
    {
        var found = new EventFindings?[webhooks.Length];
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        end.CancelAfter(Patience);
        try
        {
            await Parallel.ForAsync(
                0,
                webhooks.Length,
                new ParallelOptions { MaxDegreeOfParallelism = WebhooksAtOnce, CancellationToken = end.Token },
                async (i, token) => found[i] = await AskAsync(
                    router, new ToWebhook(webhooks[i].Id, new FindEvent(eventId)), PatienceOfOne, token) as EventFindings);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The others have not answered.
        }

        return found;
    }

    private static async Task<object?> AskAsync(IActorRef router, object question, TimeSpan patience, CancellationToken aborted)
    {
        try
        {
            return await router.Ask<object>(question, patience, aborted);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
