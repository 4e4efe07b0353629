using System.Text.Json;

namespace ActorWebhooks.Server.Api;

/// <summary>
/// Reads the body of <c>POST /api/events</c>: one event, an array of events, or one event a line. All of them, or the first fault.
/// </summary>
internal static class EventsParser
{
    private const string Form = "accepted is {\"type\":…,\"data\":{…}}, an array of such events, or one such event a line as application/x-ndjson";

    public static IReadOnlyList<WebhookEvent> Parse(ReadOnlySpan<byte> body, bool isLines, EventLimits limits, out EventFault? fault)
    {
        var events = new List<WebhookEvent>();
        string? place = null;
        try
        {
            if (isLines)
                ReadLines(body, limits, events, ref place);
            else
                ReadDocument(body, limits, events, ref place);
            place = null;
            if (events.Count == 0)
                throw EventFaultException.BadRequest($"there is no event in the request; {Form}.");
            fault = null;
            return events;
        }
        catch (EventFaultException e)
        {
            fault = new EventFault(e.Status, place, e.Message);
        }
        catch (JsonException e)
        {
            fault = new EventFault(StatusCodes.Status400BadRequest, place, $"not JSON: {e.Message} Here {Form}.");
        }

        return [];
    }

    private static void ReadDocument(ReadOnlySpan<byte> body, EventLimits limits, List<WebhookEvent> events, ref string? place)
    {
        var json = new Utf8JsonReader(body);
        if (body.Trim(" \t\r\n"u8).IsEmpty)
            return;
        json.Read();
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                events.Add(EventReader.Read(ref json, body, limits));
                break;

            case JsonTokenType.StartArray:
                for (place = "events[0]"; json.Read() && json.TokenType != JsonTokenType.EndArray; place = $"events[{events.Count}]")
                    Add(events, ref json, body, limits);
                place = null;
                break;

            default:
                throw EventFaultException.BadRequest($"neither an object nor an array; {Form}.");
        }

        ExpectEnd(ref json);
    }

    private static void ReadLines(ReadOnlySpan<byte> body, EventLimits limits, List<WebhookEvent> events, ref string? place)
    {
        var number = 0;
        foreach (var range in body.Split((byte)'\n'))
        {
            number++;
            var line = body[range].Trim(" \t\r"u8);
            if (line.IsEmpty)
                continue;
            place = $"line {number}";
            var json = new Utf8JsonReader(line);
            json.Read();
            Add(events, ref json, line, limits);
            ExpectEnd(ref json);
        }
    }

    // Throws if anything follows.
    private static void ExpectEnd(ref Utf8JsonReader json) => json.Read();

    private static void Add(List<WebhookEvent> events, ref Utf8JsonReader json, ReadOnlySpan<byte> source, EventLimits limits)
    {
        if (events.Count == limits.MaxEvents)
            throw EventFaultException.TooLarge($"more than {limits.MaxEvents} events in one request; send them in several.");
        events.Add(EventReader.Read(ref json, source, limits));
    }
}
