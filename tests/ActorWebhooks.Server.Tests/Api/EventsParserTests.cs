using System.Text;
using ActorWebhooks.Server.Api;
using CsCheck;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class EventsParserTests
{
    private static readonly EventLimits Limits = new(MaxEventBytes: 200, MaxEvents: 5);

    [Fact]
    public void Event_keeps_what_it_was_given()
    {
        var e = Assert.Single(Parse(
            """{"createdAt":"2026-11-23T14:55:00.123+02:00","id":"my-id","data":{ "a" : [ 1, "x y" ] },"type":"auth.success"}"""));

        Assert.Equal(("my-id", "auth.success"), (e.Id, e.Type));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 12, 55, 0, 123, TimeSpan.Zero), e.CreatedAt);
        Assert.Equal("""{"a":[1,"x y"]}""", Encoding.UTF8.GetString(e.Data.Span));
    }

    [Fact]
    public void The_three_forms_of_a_body_give_the_same_events()
    {
        const string first = """{"type":"a.b","id":"1","data":{"n":1}}""";
        const string second = """{"type":"c.d","id":"2"}""";

        Assert.Equal(["1", "2"], Parse($"[{first},{second}]").Select(e => e.Id));
        Assert.Equal(["1", "2"], Parse($"{first}\r\n\n{second}\n", isLines: true).Select(e => e.Id));
        Assert.Equal(["1"], Parse(first).Select(e => e.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("[[]]")]
    [InlineData("{\"type\":\"a\"")]
    [InlineData("{\"type\":\"a\"}}")]
    [InlineData("{\"type\":\"a\"}{\"type\":\"b\"}")]
    [InlineData("[{\"type\":\"a\"},]")]
    [InlineData("{\"type\":\"a..b\"}")]
    [InlineData("{\"type\":\"a b\"}")]
    [InlineData("{\"type\":\"\"}")]
    [InlineData("{\"type\":5}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    [InlineData("{\"type\":\"../../etc/passwd\"}")]
    [InlineData("{\"type\":\"a\",\"type\":\"b\"}")]
    [InlineData("{\"type\":\"a\",\"data\":[]}")]
    [InlineData("{\"type\":\"a\",\"data\":null}")]
    [InlineData("{\"type\":\"a\",\"data\":\"{}\"}")]
    [InlineData("{\"type\":\"a\",\"data\":{},\"data\":{}}")]
    [InlineData("{\"type\":\"a\",\"data\":{,}}")]
    [InlineData("{\"type\":\"a\",\"id\":\"\"}")]
    [InlineData("{\"type\":\"a\",\"id\":\"a\\nb\"}")]
    [InlineData("{\"type\":\"a\",\"id\":7}")]
    [InlineData("{\"type\":\"a\",\"createdAt\":\"yesterday\"}")]
    [InlineData("{\"type\":\"a\",\"createdAt\":\"2026-11-23T14:55:00\"}")]
    [InlineData("{\"type\":\"a\",\"createdAt\":\"2026-13-23T14:55:00Z\"}")]
    [InlineData("{\"type\":\"a\",\"createdAt\":1}")]
    [InlineData("{\"type\":\"a\",\"extra\":1}")]
    [InlineData("{\"Type\":\"a\"}")]
    public void Anything_else_is_a_bad_request(string body) => Assert.Equal(400, FaultOf(body).Status);

    [Fact]
    public void Fault_names_the_event_of_an_array_and_the_line_of_lines()
    {
        Assert.StartsWith("events[2]: type", FaultOf("""[{"type":"a"},{"type":"b"},{"type":"c d"}]""").ToString(), StringComparison.Ordinal);
        Assert.StartsWith("line 3: not JSON", FaultOf("{\"type\":\"a\"}\n\n{\"type\":", isLines: true).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("line 1: not JSON", FaultOf("{\"type\":\"a\"} {}", isLines: true).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_over_the_limit_is_too_large_and_at_the_limit_is_not()
    {
        static string Event(int bytes) => $$"""{"type":"a","data":{"a":"{{new string('x', bytes - 8)}}"} }""";

        Assert.Single(Parse(Event(200)));
        Assert.Equal(413, FaultOf(Event(201)).Status);
    }

    [Fact]
    public void More_events_than_a_request_may_hold_are_too_large()
    {
        static string Events(int count) => $"[{string.Join(',', Enumerable.Repeat("{\"type\":\"a\"}", count))}]";

        Assert.Equal(5, Parse(Events(5)).Count);
        Assert.Equal(413, FaultOf(Events(6)).Status);
    }

    [Fact]
    public void Data_nested_too_deep_is_a_bad_request() =>
        Assert.Equal(400, FaultOf($"{{\"type\":\"a\",\"data\":{string.Concat(Enumerable.Repeat("{\"a\":", 99))}1{new string('}', 100)}").Status);

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_bad_request()
    {
        byte[] body = [.. "{\"type\":\"a\",\"data\":{\"a\":\""u8, 0xff, 0xfe, .. "\"}}"u8];

        EventsParser.Parse(body, isLines: false, Limits, out var fault);

        Assert.Equal(400, fault?.Status);
    }

    [Fact]
    public void Whatever_comes_is_either_events_or_a_fault()
    {
        var anyText = Gen.OneOf(
            Gen.Byte.Array[0, 60],
            Gen.Char["{}[]\",:\\ntypedaicr10. \n"].Array[0, 60].Select(chars => Encoding.UTF8.GetBytes(chars)),
            Gen.OneOf("{\"type\":\"a\"", ",\"data\":{\"x\":1}", "}", "[", "]", ",", "\n", "\u0000", "\"").Array[0, 8]
                .Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))));
        Gen.Select(anyText, Gen.Bool).Sample((body, isLines) =>
        {
            var events = EventsParser.Parse(body, isLines, Limits, out var fault);
            Assert.Equal(fault is null, events.Count > 0);
        });
    }

    private static IReadOnlyList<WebhookEvent> Parse(string body, bool isLines = false)
    {
        var events = EventsParser.Parse(Encoding.UTF8.GetBytes(body), isLines, Limits, out var fault);
        Assert.Null(fault);
        return events;
    }

    private static EventFault FaultOf(string body, bool isLines = false)
    {
        var events = EventsParser.Parse(Encoding.UTF8.GetBytes(body), isLines, Limits, out var fault);
        Assert.Empty(events);
        return Assert.IsType<EventFault>(fault);
    }
}
