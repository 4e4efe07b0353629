namespace ActorWebhooks.Server.Api;

/// <summary>All events of a request body, or the one fault for which none of them is taken.</summary>
internal readonly record struct ParsedEvents(IReadOnlyList<WebhookEvent> Events, BodyFault? Fault)
{
    public static ParsedEvents Of(IReadOnlyList<WebhookEvent> events) => new(events, null);

    public static ParsedEvents Refused(BodyFault fault) => new([], fault);
}
