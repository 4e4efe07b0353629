using System.Text.Json;
using ActorWebhooks.Server.Api;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>A request with events: it has events or a fault, and what is accepted is JSON that crosses every border as it is.</summary>
internal static class EventsTarget
{
    private static readonly EventLimits Limits = new(EventLimits.DefaultMaxEventBytes);

    // What any reader of ours that shows events can take.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 2 * EventLimits.MaxDataDepth };

    public static FuzzTarget Target { get; } = new(
        "events",
        Bytes.Of(
            """{"type":"auth.success","id":"1","createdAt":"2026-11-23T14:55:00Z","data":{"accountName":"jdoe","n":[1,2.5e3,null,true],"s":"\u00e9 é \ud83d\ude00"}}""",
            """[{"type":"a"},{"type":"b","data":null},{"type":"c.d","data":{"a":{"b":{"c":[[[{}]]]}}}}]""",
            "{\"type\":\"a\"}\n{\"type\":\"b\",\"data\":{}}\r\n"),
        Bytes.Of("\"type\":", "\"data\":", "\"id\":", "\"createdAt\":", "\\ud800", "\\u0000", "1e400", "[[[[", "{\"a\":", "null", "//", "/*", "\n", "\u2028", "\ufeff", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999+14:00"),
        Run);

    private static void Run(byte[] input)
    {
        foreach (var form in Enum.GetValues<BodyForm>())
        {
            var parsed = EventsParser.Parse(input, form, Limits);
            if ((parsed.Fault is null) != parsed.Events.Count > 0)
                throw new InvalidOperationException("Neither events nor a fault, or both.");
            foreach (var e in parsed.Events)
                Check(e);
        }
    }

    private static void Check(WebhookEvent e)
    {
        using var data = JsonDocument.Parse(e.Data, Deep);
        if (data.RootElement.ValueKind != JsonValueKind.Object)
            throw new InvalidOperationException("The data is no object.");
        using var whole = JsonDocument.Parse(e.Encoded.ToArray(), Deep);
        var decoded = WebhookEvent.Decode(e.Encoded);
        if ((decoded.Id, decoded.Type) != (e.Id, e.Type) || !decoded.Encoded.SequenceEqual(e.Encoded)
            || whole.RootElement.GetProperty("id").GetString() != e.Id || whole.RootElement.GetProperty("type").GetString() != e.Type)
            throw new InvalidOperationException("It is another event when it is read again.");
    }
}
