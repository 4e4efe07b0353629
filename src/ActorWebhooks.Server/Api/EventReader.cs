using System.Globalization;
using System.Text.Json;
using ActorWebhooks.Events;
using EventId = ActorWebhooks.Events.EventId;

namespace ActorWebhooks.Server.Api;

/// <summary>Reads one event of a request: <c>{"type":…,"data":{…},"id"?,"createdAt"?}</c>. Data stays the bytes that came.</summary>
internal static class EventReader
{
    private const string Members = "accepted are type, data, id and createdAt";

    /// <param name="json">At the first token of the event; left at its last.</param>
    /// <param name="source">What <paramref name="json"/> reads.</param>
    public static WebhookEvent Read(ref Utf8JsonReader json, ReadOnlySpan<byte> source, EventLimits limits)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw EventFaultException.BadRequest("not an object; an event is {\"type\":…,\"data\":{…}}.");

        var (type, id, createdAt) = ((string?)null, (string?)null, (DateTimeOffset?)null);
        Range? data = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = Text(ref json);
            json.Read();
            switch (member)
            {
                case "type" when type is null:
                    type = ReadType(ref json);
                    break;
                case "data" when data is null:
                    data = ReadData(ref json);
                    break;
                case "id" when id is null:
                    id = ReadId(ref json);
                    break;
                case "createdAt" when createdAt is null:
                    createdAt = ReadCreatedAt(ref json);
                    break;
                case "type" or "data" or "id" or "createdAt":
                    throw EventFaultException.BadRequest($"{member} stands here for the second time; accepted is once.");
                default:
                    throw EventFaultException.BadRequest($"'{Shorten(member)}' is no member of an event; {Members}.");
            }
        }

        return Create(
            type ?? throw EventFaultException.BadRequest($"type is missing; {EventType.Rule}."),
            data is { } range ? source[range] : "{}"u8,
            id,
            createdAt,
            limits);
    }

    private static WebhookEvent Create(
        string type, ReadOnlySpan<byte> data, string? id, DateTimeOffset? createdAt, EventLimits limits)
    {
        try
        {
            var e = WebhookEvent.FromJson(type, data, id, createdAt);
            return e.Data.Length <= limits.MaxEventBytes
                ? e
                : throw EventFaultException.TooLarge($"data has {e.Data.Length} bytes; accepted are at most {limits.MaxEventBytes}.");
        }
        catch (ArgumentException)
        {
            throw EventFaultException.BadRequest($"data is not valid UTF-8 or is nested too deep; {EventData.Rule}.");
        }
    }

    private static string ReadType(ref Utf8JsonReader json)
    {
        var type = json.TokenType == JsonTokenType.String ? Text(ref json) : null;
        return type is not null && EventType.IsValid(type)
            ? type
            : throw EventFaultException.BadRequest($"type {Found(type)} is not an event type; {EventType.Rule}.");
    }

    private static string ReadId(ref Utf8JsonReader json)
    {
        var id = json.TokenType == JsonTokenType.String ? Text(ref json) : null;
        return id is not null && EventId.IsValid(id)
            ? id
            : throw EventFaultException.BadRequest($"id {Found(id)} is not an event id; {EventId.Rule}.");
    }

    private static DateTimeOffset ReadCreatedAt(ref Utf8JsonReader json)
    {
        var text = json.TokenType == JsonTokenType.String ? Text(ref json) : null;
        return text is not null
            && HasOffset(text)
            && json.TryGetDateTimeOffset(out var createdAt)
                ? createdAt
                : throw EventFaultException.BadRequest(
                    $"createdAt {Found(text)} is not a time; accepted is ISO 8601 with an offset, such as \"2026-11-23T14:55:00.123Z\".");
    }

    private static Range ReadData(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw EventFaultException.BadRequest($"data is not an object; {EventData.Rule}.");
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return start..(int)json.BytesConsumed;
    }

    private static bool HasOffset(string time) => time.EndsWith('Z') || (time.Length > 6 && time[^6] is '+' or '-');

    private static string Text(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw EventFaultException.BadRequest("a text is not valid UTF-8.");
        }
    }

    private static string Found(string? text) => text is null ? "(not a string)" : $"'{Shorten(text)}'";

    private static string Shorten(string text) =>
        text.Length <= 40 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 40)}…");
}
