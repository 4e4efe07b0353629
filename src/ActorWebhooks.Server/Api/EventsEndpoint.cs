using System.Text.Encodings.Web;
using System.Text.Json;
using ActorWebhooks.Server.Intake;

namespace ActorWebhooks.Server.Api;

/// <summary><c>POST /api/events</c>: 202 when every webhook that listens holds every event.</summary>
/// <param name="patience">How long a request waits for the webhooks.</param>
/// <param name="bodyTimeout">How long its body may take to arrive.</param>
internal sealed class EventsEndpoint(EventLimits limits, BodyBudget budget, TimeSpan patience, TimeSpan bodyTimeout)
{
    // Of the objects of an event, besides the bytes that it has in the body.
    private const int EventOverhead = 512;

    // The answer goes out in parts of this size, so that no more of it is in memory than the connection buffers.
    private const int AnswerPart = 16 * 1024;

    public static void Map(WebApplication app, EventLimits limits, BodyBudget budget, TimeSpan patience, TimeSpan bodyTimeout) =>
        app.MapPost("/api/events", new EventsEndpoint(limits, budget, patience, bodyTimeout).HandleAsync);

    private async Task HandleAsync(HttpContext context)
    {
        if (ContentKind.FormOf(context.Request) is not { } form)
        {
            var found = Text.Printable.Shorten($"{context.Request.ContentType} {context.Request.Headers.ContentEncoding}".Trim());
            await Problems.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, $"Found '{found}'. {ContentKind.Rule}");
            return;
        }

        using var body = new RequestBody(budget, bodyTimeout);
        var status = await body.ReadAsync(context.Request);
        if (status == StatusCodes.Status200OK && !await body.TakeAsync(CostOfEvents(body.Bytes), context.RequestAborted))
            status = StatusCodes.Status503ServiceUnavailable;
        if (status != StatusCodes.Status200OK)
        {
            await RefuseBodyAsync(context, status);
            return;
        }

        var parsed = EventsParser.Parse(body.Bytes, form, limits);
        if (parsed.Fault is { } fault)
        {
            await Problems.WriteAsync(context, fault);
            return;
        }

        await PublishAsync(context, body, parsed.Events);
    }

    private async Task PublishAsync(HttpContext context, RequestBody body, IReadOnlyList<WebhookEvent> events)
    {
        var publisher = context.RequestServices.GetRequiredService<IWebhookPublisher>();
        PublishReceipt receipt;

        // Matching is part of it: events that are not routed when the client has gone, or its patience is over, are not taken.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        waiting.CancelAfter(patience);
        try
        {
            receipt = await publisher.PublishAsync(new WebhookEvents(events), waiting.Token).WaitAsync(waiting.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await Problems.WriteTryAgainAsync(
                context, $"The webhooks did not say within {patience.TotalSeconds} s that they hold the events; they may arrive all the same.");
            return;
        }

        await (receipt.IsAccepted ? AcceptAsync(context, body, events) : Refusals.WriteAsync(context, events, receipt.Refusals));
    }

    // Before they are made: an event begins with a brace, and has a copy of its bytes.
    private int CostOfEvents(ReadOnlySpan<byte> body) => body.Length + (Math.Min(body.Count((byte)'{'), limits.MaxEvents) * EventOverhead);

    private Task RefuseBodyAsync(HttpContext context, int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => Problems.WriteAsync(
            context, status, $"The body is larger than {EventLimits.MaxBodyBytes} bytes. Send the events in several requests."),
        StatusCodes.Status408RequestTimeout => Problems.WriteAsync(
            context, status, $"The body did not arrive within {bodyTimeout.TotalSeconds} s. Send the events in several requests."),
        StatusCodes.Status400BadRequest => Problems.WriteAsync(context, status, "The body is not what HTTP allows, or ends too early."),
        _ => Problems.WriteTryAgainAsync(context, "Too many request bodies are in memory already, and this one found no room or arrived too slowly to keep it. Send the request again."),
    };

    private static async Task AcceptAsync(HttpContext context, RequestBody body, IReadOnlyList<WebhookEvent> events)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(
            context.Response.BodyWriter, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteNumber("accepted", events.Count);
        writer.WriteStartArray("ids");
        var sent = 0L;
        foreach (var e in events)
        {
            writer.WriteStringValue(e.Id);
            var written = writer.BytesCommitted + writer.BytesPending;
            if (written - sent < AnswerPart)
                continue;
            sent = written;
            await writer.FlushAsync(CancellationToken.None);
            if (!await body.FlushAnswerAsync(context))
                return;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
