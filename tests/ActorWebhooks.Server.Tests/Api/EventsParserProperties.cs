using System.Text;
using ActorWebhooks.Server.Api;
using CsCheck;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class EventsParserProperties
{
    private static readonly EventLimits Limits = new(EventLimits.DefaultMaxEventBytes);

    private static readonly Gen<string> Piece = OneOf(
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "\"type\"", "\"data\"", "\"id\"", "\"createdAt\"", "\"a.b\"", "{}", "null", "1", "é",
        "{\"type\":\"a\"}", "\\ud800", "\"2026-11-23T14:55:00Z\"");

    private static readonly Gen<string> Event = Gen.Select(
        Gen.Char['a', 'z'].Array[1, 9], Gen.Int[0, 999_999], OneOf("{}", "{\"x\":[1,{\"y\":null}]}", "{\"s\":\"\\n\\u00e9 é\"}"),
        (type, id, data) => $"{{\"type\":\"{new string(type)}\",\"id\":\"{id}\",\"createdAt\":\"2026-11-23T14:55:00Z\",\"data\":{data}}}");

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => EitherEventsOrFault(bytes));

    [Fact]
    public void Random_pieces_of_events_never_throw() =>
        Piece.Array[0, 20].Sample(pieces => EitherEventsOrFault(Encoding.UTF8.GetBytes(string.Concat(pieces))));

    [Fact]
    public void An_array_and_lines_give_the_same_events() =>
        Event.Array[1, 20].Sample(events =>
        {
            var array = Read($"[{string.Join(" ,\n", events)}]", BodyForm.Any);
            var lines = Read(string.Join("\r\n", events), BodyForm.Lines);
            var sniffed = Read(string.Join('\n', events) + "\n", BodyForm.Any);
            var singly = events.SelectMany(e => Read(e, BodyForm.Any)).ToArray();
            return array.Length == events.Length && array.SequenceEqual(lines) && array.SequenceEqual(sniffed) && array.SequenceEqual(singly);
        });

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static bool EitherEventsOrFault(byte[] body) =>
        Either(EventsParser.Parse(body, BodyForm.Any, Limits)) && Either(EventsParser.Parse(body, BodyForm.Lines, Limits));

    private static bool Either(ParsedEvents parsed) => parsed.Fault is null == parsed.Events.Count > 0;

    private static string[] Read(string body, BodyForm form) =>
        [.. EventsParser.Parse(Encoding.UTF8.GetBytes(body), form, Limits).Events
            .Select(e => $"{e.Type} {e.Id} {e.CreatedAt:O} {Encoding.UTF8.GetString(e.Data.Span)}")];
}
