using System.Text.Json;
using System.Text.Unicode;

namespace ActorWebhooks.Server.Api;

/// <summary>Request bytes to events: one object, an array, or one object a line. All or nothing.</summary>
internal static class EventsParser
{
    // Deeper than data may be, so that too deep data is told by a sentence of its own.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 2 * EventLimits.MaxDataDepth };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    public static ParsedEvents Parse(ReadOnlySpan<byte> body, BodyForm form, EventLimits limits)
    {
        if (body.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        var start = body.TrimStart(WhiteSpace);
        if (start.IsEmpty)
            return Refuse("The body is empty. Send one event object, an array of them, or one a line: "
                + "{\"type\":\"auth.success\",\"data\":{}}.");
        if (!Utf8.IsValid(body))
            return Refuse("The body is not UTF-8. Send JSON in UTF-8.");

        return (form, start[0]) switch
        {
            (BodyForm.Lines, _) => ParseLines(body, limits),
            (_, (byte)'[') => ParseArray(body, limits),
            (_, (byte)'{') => ParseObject(body, limits),
            _ => Refuse("The body is neither a JSON object nor an array. Send one event object, an array of them, or one a line."),
        };
    }

    private static ParsedEvents ParseObject(ReadOnlySpan<byte> body, EventLimits limits)
    {
        var reader = new Utf8JsonReader(body, ReaderOptions);
        var fault = ReadEvent(ref reader, body, limits, out var webhookEvent);
        if (fault is not null)
            return ParsedEvents.Refused(fault with { Index = 0 });

        var first = body[..(int)reader.BytesConsumed];
        var rest = body[first.Length..];
        var next = rest.TrimStart(WhiteSpace);
        if (next.IsEmpty)
            return ParsedEvents.Of([webhookEvent!]);

        return IsOneLine(first) && rest[..^next.Length].Contains((byte)'\n')
            ? ParseLines(body, limits)
            : Refuse("There is more after the event object. Several events go in an array, or one a line.", index: 1);
    }

    private static ParsedEvents ParseArray(ReadOnlySpan<byte> body, EventLimits limits)
    {
        var events = new List<WebhookEvent>();
        try
        {
            var reader = new Utf8JsonReader(body, ReaderOptions);
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (EventReader.Read(ref reader, body, limits, events.Count, out var webhookEvent) is { } fault)
                    return ParsedEvents.Refused(fault with { Index = events.Count });
                events.Add(webhookEvent!);
            }

            if (!body[(int)reader.BytesConsumed..].Trim(WhiteSpace).IsEmpty)
                return Refuse("There is more after the end of the array. Send one array.");
        }
        catch (JsonException e)
        {
            return ParsedEvents.Refused(JsonWords.FaultOf(e) with { Index = events.Count });
        }

        return events.Count > 0 ? ParsedEvents.Of(events) : Refuse("The array is empty. Send at least one event.");
    }

    private static ParsedEvents ParseLines(ReadOnlySpan<byte> body, EventLimits limits)
    {
        var events = new List<WebhookEvent>();
        var lineNumber = 0;
        foreach (var range in body.Split((byte)'\n'))
        {
            lineNumber++;
            var line = body[range].Trim(WhiteSpace);
            if (line.IsEmpty)
                continue;

            var reader = new Utf8JsonReader(line, ReaderOptions);
            var fault = ReadEvent(ref reader, line, limits, out var webhookEvent, events.Count);
            if (fault is null && reader.BytesConsumed < line.Length)
                fault = BodyFault.Malformed("There is more after the event object. Send one event a line.");
            if (fault is not null)
                return ParsedEvents.Refused(fault with { Index = events.Count, Line = lineNumber });
            events.Add(webhookEvent!);
        }

        return ParsedEvents.Of(events);
    }

    private static BodyFault? ReadEvent(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> json, EventLimits limits, out WebhookEvent? webhookEvent, int index = 0)
    {
        try
        {
            reader.Read();
            return EventReader.Read(ref reader, json, limits, index, out webhookEvent);
        }
        catch (JsonException e)
        {
            webhookEvent = null;
            return JsonWords.FaultOf(e);
        }
    }

    private static bool IsOneLine(ReadOnlySpan<byte> json) => !json.Trim(WhiteSpace).Contains((byte)'\n');

    private static ParsedEvents Refuse(string detail, int? index = null) =>
        ParsedEvents.Refused(BodyFault.Malformed(detail) with { Index = index });
}
