using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorWebhooks.Server.Api;

/// <summary><c>POST /api/events</c>.</summary>
internal static class EventsEndpoint
{
    public const long MaxBodyBytes = 16 * 1024 * 1024;

    private const int MostRefusalsShown = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/events", PostAsync);

    private static async Task<IResult> PostAsync(HttpRequest request, IWebhookPublisher publisher, EventLimits limits)
    {
        if (FormOf(request.ContentType) is not { } form)
        {
            return TypedResults.Problem(
                $"The content type '{request.ContentType}' is unknown here; accepted are application/json and application/x-ndjson.",
                statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            return TypedResults.Problem($"{e.Message} Accepted are bodies of at most {MaxBodyBytes} bytes.", statusCode: e.StatusCode);
        }

        var events = EventsParser.Parse(body.GetBuffer().AsSpan(0, (int)body.Length), form == BodyForm.Lines, limits, out var fault);
        return fault is null
            ? await PublishAsync(events, publisher, request.HttpContext)
            : TypedResults.Problem(fault.ToString(), statusCode: fault.Status);
    }

    private static async Task<IResult> PublishAsync(IReadOnlyList<WebhookEvent> events, IWebhookPublisher publisher, HttpContext context)
    {
        PublishReceipt receipt;
        try
        {
            receipt = await publisher.PublishAsync(new WebhookEvents(events), context.RequestAborted).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            return Unavailable(context, $"No webhook said within {Patience.TotalSeconds} s that it holds the events; they may arrive all the same.", []);
        }

        if (receipt.IsAccepted)
            return TypedResults.Json(new AcceptedEvents(events.Count, [.. events.Select(e => e.Id)]), statusCode: StatusCodes.Status202Accepted);

        var refused = receipt.Refusals.Select(refusal => refusal.EventId).Distinct(StringComparer.Ordinal).ToArray();
        var reasons = string.Join(", ", receipt.Refusals.Select(refusal => refusal.Reason).Distinct());
        return Unavailable(
            context, $"{refused.Length} of {events.Count} events were refused by a webhook: {reasons}. Send these again later, with their ids.", refused);
    }

    private static ProblemHttpResult Unavailable(HttpContext context, string detail, string[] refused)
    {
        context.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(
            detail,
            statusCode: StatusCodes.Status503ServiceUnavailable,
            extensions: [new KeyValuePair<string, object?>("refused", refused.Take(MostRefusalsShown).ToArray())]);
    }

    private static BodyForm? FormOf(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType))
            return BodyForm.Document;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed) || parsed.MediaType is not { } type)
            return null;
        return type.ToLowerInvariant() switch
        {
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" => BodyForm.Lines,
            "application/json" => BodyForm.Document,
            var other when other.StartsWith("application/", StringComparison.Ordinal)
                && other.EndsWith("+json", StringComparison.Ordinal) => BodyForm.Document,
            _ => null,
        };
    }

    private enum BodyForm
    {
        Document,
        Lines,
    }

    private sealed record AcceptedEvents(int Accepted, IReadOnlyList<string> Ids);
}
