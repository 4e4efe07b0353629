using System.Text.Json;
using ActorWebhooks.Events;
using ActorWebhooks.Outbox;
using EventId = ActorWebhooks.Events.EventId;

namespace ActorWebhooks.Server.Api;

/// <summary>Reads one event object; its data goes into the event as the bytes that it came as.</summary>
internal static class EventReader
{
    private const string Members = "An event has the members type, data, id and createdAt, each at most once";

    [Flags]
    private enum Member
    {
        None = 0,
        Type = 1,
        Data = 2,
        Id = 4,
        CreatedAt = 8,
    }

    /// <summary>Reads the event that <paramref name="reader"/> stands on.</summary>
    /// <returns>Null, or why there is no event.</returns>
    public static BodyFault? Read(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, EventLimits limits, int index, out WebhookEvent? webhookEvent)
    {
        webhookEvent = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return BodyFault.Malformed($"An event is a JSON object; found {JsonWords.Describe(ref reader)}.");
        if (index >= limits.MaxEvents)
            return BodyFault.TooLarge($"The request has more than {limits.MaxEvents} events. Send them in several requests.");

        var seen = Member.None;
        string? type = null;
        string? id = null;
        DateTimeOffset? createdAt = null;
        var data = default(Range);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = Identify(ref reader);
            if (member == Member.None)
                return BodyFault.Malformed($"Unknown member {JsonWords.Describe(ref reader)}. {Members}.");
            if ((seen & member) != 0)
                return BodyFault.Malformed($"The member {JsonWords.Describe(ref reader)} stands twice. {Members}.");

            seen |= member;
            reader.Read();
            var fault = member switch
            {
                Member.Type => ReadType(ref reader, out type),
                Member.Id => ReadId(ref reader, out id),
                Member.CreatedAt => ReadCreatedAt(ref reader, out createdAt),
                _ => ReadData(ref reader, out data),
            };
            if (fault is not null)
                return fault;
        }

        if (type is null)
            return BodyFault.Malformed($"The member 'type' is missing: {EventType.Rule}.");

        webhookEvent = WebhookEvent.FromJson(type, (seen & Member.Data) != 0 ? json[data] : "{}"u8, id, createdAt);
        var length = BatchBody.LengthWithOnly(webhookEvent);
        return length <= limits.MaxEventBytes
            ? null
            : BodyFault.TooLarge(
                $"A request with this event alone takes {length} bytes, {webhookEvent.Data.Length} of them its data; "
                + $"at most {limits.MaxEventBytes} (max-event-bytes) are accepted.");
    }

    private static Member Identify(ref Utf8JsonReader reader) => JsonWords.TryGetText(ref reader, out var name)
        ? name switch
        {
            "type" => Member.Type,
            "data" => Member.Data,
            "id" => Member.Id,
            "createdAt" => Member.CreatedAt,
            _ => Member.None,
        }
        : Member.None;

    private static BodyFault? ReadType(ref Utf8JsonReader reader, out string? type)
    {
        type = null;
        if (reader.TokenType == JsonTokenType.String && JsonWords.TryGetText(ref reader, out type) && EventType.IsValid(type))
            return null;
        return BodyFault.Malformed($"The type {JsonWords.Describe(ref reader)} is not an event type: {EventType.Rule}.");
    }

    private static BodyFault? ReadId(ref Utf8JsonReader reader, out string? id)
    {
        id = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String && JsonWords.TryGetText(ref reader, out id) && EventId.IsValid(id))
            return null;
        return BodyFault.Malformed($"The id {JsonWords.Describe(ref reader)} is not an event id: {EventId.Rule}.");
    }

    private static BodyFault? ReadCreatedAt(ref Utf8JsonReader reader, out DateTimeOffset? createdAt)
    {
        createdAt = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String
            && JsonWords.TryGetText(ref reader, out var text)
            && CreationTime.TryParse(text, out var time))
        {
            createdAt = time;
            return null;
        }

        return BodyFault.Malformed($"{CreationTime.Rule}; found {JsonWords.Describe(ref reader)}.");
    }

    private static BodyFault? ReadData(ref Utf8JsonReader reader, out Range data)
    {
        data = default;
        if (reader.TokenType != JsonTokenType.StartObject)
            return BodyFault.Malformed($"The {EventData.Rule}; found {JsonWords.Describe(ref reader)}.");

        var start = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.CurrentDepth - depth >= EventLimits.MaxDataDepth
                && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                return BodyFault.Malformed(
                    $"The data is nested deeper than {EventLimits.MaxDataDepth} levels, which is the most that is accepted.");
        }

        data = start..(int)reader.BytesConsumed;
        return null;
    }
}
