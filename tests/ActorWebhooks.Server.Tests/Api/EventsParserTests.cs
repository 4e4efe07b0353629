using System.Text;
using ActorWebhooks.Server.Api;

namespace ActorWebhooks.Server.Tests.Api;

public sealed class EventsParserTests
{
    private static readonly EventLimits Limits = new(MaxEventBytes: 200, MaxEvents: 3);

    [Theory]
    [InlineData("", null, "empty")]
    [InlineData(" \n ", null, "empty")]
    [InlineData("[]", null, "empty")]
    [InlineData("7", null, "neither")]
    [InlineData("null", null, "neither")]
    [InlineData("\"text\"", null, "neither")]
    [InlineData("[[]]", 0, "found an array")]
    [InlineData("{\"type\":\"a\"}}", 1, "more after the event object")]
    [InlineData("{\"type\":\"a\",\"data\":{,}}", 0, "not JSON")]
    [InlineData("{\"type\":\"../../etc/passwd\"}", 0, "not an event type")]
    [InlineData("{\"Type\":\"a\"}", 0, "Unknown member 'Type'")]
    [InlineData("{", 0, "not JSON")]
    [InlineData("{}", 0, "'type' is missing")]
    [InlineData("""{"type":7}""", 0, "a number is not an event type")]
    [InlineData("""{"type":null}""", 0, "null is not an event type")]
    [InlineData("""{"type":""}""", 0, "not an event type")]
    [InlineData("""{"type":"a..b"}""", 0, "not an event type")]
    [InlineData("""{"type":"a\nb"}""", 0, "not an event type")]
    [InlineData("""{"type":"\ud800"}""", 0, "not an event type")]
    [InlineData("""{"type":"a","data":null}""", 0, "found null")]
    [InlineData("""{"type":"a","data":[]}""", 0, "found an array")]
    [InlineData("""{"type":"a","data":"{}"}""", 0, "found '{}'")]
    [InlineData("""{"type":"a","dta":{}}""", 0, "Unknown member 'dta'")]
    [InlineData("""{"type":"a","\ud800":{}}""", 0, "Unknown member")]
    [InlineData("""{"type":"a","type":"a"}""", 0, "'type' stands twice")]
    [InlineData("""{"type":"a","data":{},"data":{}}""", 0, "'data' stands twice")]
    [InlineData("""{"type":"a","id":""}""", 0, "not an event id")]
    [InlineData("""{"type":"a","id":7}""", 0, "a number is not an event id")]
    [InlineData("""{"type":"a","id":"x y"}""", 0, "not an event id")]
    [InlineData("""{"type":"a","createdAt":"2026-11-23T14:55:00"}""", 0, "with an offset")]
    [InlineData("""{"type":"a","createdAt":"2026-11-23"}""", 0, "with an offset")]
    [InlineData("""{"type":"a","createdAt":"yesterday"}""", 0, "with an offset")]
    [InlineData("""{"type":"a","createdAt":"2026-13-23T14:55:00Z"}""", 0, "with an offset")]
    [InlineData("""{"type":"a","createdAt":1}""", 0, "found a number")]
    [InlineData("""{"type":"a"} x""", 1, "more after the event object")]
    [InlineData("""{"type":"a"}{"type":"b"}""", 1, "more after the event object")]
    [InlineData("""[{"type":"a"}] x""", null, "more after the end of the array")]
    [InlineData("""[{"type":"a"},7]""", 1, "found a number")]
    [InlineData("""[{"type":"a"},{"type":"b",}]""", 1, "not JSON")]
    [InlineData("""[{"type":"a"}""", 1, "not JSON")]
    public void Faults_are_told_with_the_index_of_the_event(string body, int? index, string words)
    {
        var fault = Fault(body, BodyForm.Any);
        Assert.Equal((400, index), (fault.Status, fault.Index));
        Assert.Contains(words, fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":\"a\"}\n\n[]", 1, 3, "found an array")]
    [InlineData("{\"type\":\"a\"}\r\n{\"type\":\"b\"} x", 1, 2, "more after the event object")]
    [InlineData("{\"type\":\"a\"}\n{\"type\":", 1, 2, "not JSON")]
    public void A_fault_in_lines_names_the_line(string body, int index, int line, string words)
    {
        foreach (var form in (BodyForm[])[BodyForm.Any, BodyForm.Lines])
        {
            var fault = Fault(body, form);
            Assert.Equal((400, index, line), (fault.Status, fault.Index, fault.Line));
            Assert.Contains(words, fault.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.Contains("not UTF-8", EventsParser.Parse([(byte)'{', 0xFF], BodyForm.Any, Limits).Fault!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Data_may_be_64_levels_deep_and_no_deeper()
    {
        var deepest = Parse(Nested(64), BodyForm.Any);
        Assert.Null(deepest.Fault);
        Assert.Contains("deeper than 64", Fault(Nested(65), BodyForm.Any).Detail, StringComparison.Ordinal);
        Assert.Contains("deeper than 64", Fault($"[{Nested(65)}]", BodyForm.Any).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-23T15:55:00.123+01:00")]
    [InlineData("2026-11-23T15:55:00.123+0100")]
    [InlineData("2026-11-23T15:55:00.123+01")]
    [InlineData("2026-11-23T09:25:00,123-0530")]
    [InlineData("2026-11-23T14:55:00.123+0000")]
    [InlineData("2026-11-23T14:55:00.123-00:00")]
    [InlineData("2026-11-23T14:55:00.123000000Z")]
    [InlineData("2026-11-23T14:55:00.123z")]
    [InlineData("2026-11-23t14:55:00.123z")]
    [InlineData("2026-11-23 14:55:00.123Z")]
    public void Times_are_taken_as_senders_write_them(string time) => Assert.Equal(
        new DateTimeOffset(2026, 11, 23, 14, 55, 0, 123, TimeSpan.Zero),
        Assert.Single(Parse($$"""{"type":"a","createdAt":"{{time}}"}""", BodyForm.Any).Events).CreatedAt);

    [Theory]
    [InlineData("2026-11-23T14:55:00+1")]
    [InlineData("2026-11-23T14:55:00+010")]
    [InlineData("2026-11-23T14:55:00+01:000")]
    [InlineData("2026-11-23T14:55:00+99:00")]
    [InlineData("2026-11-23T14:55:00+a1")]
    [InlineData("2026-11-23T14:55:00 GMT")]
    [InlineData("2026-11-23Z")]
    [InlineData("2026-11-23+0100")]
    [InlineData("2026-11-23T")]
    [InlineData("2026-11-23T-0100")]
    [InlineData("20261123T145500Z")]
    [InlineData("2026-11-23_14:55:00Z")]
    [InlineData("2026-11-23T14:55:60Z")]
    [InlineData("2026-11-23T14:55:00\\\"Z")]
    [InlineData("2026-11-23T14:55:00\u0661Z")]
    [InlineData("2026-11-23T14:55:00.0000000000000000000000000000000000000000000000000000000000000Z")]
    public void What_is_no_time_with_an_offset_is_none(string time) =>
        Assert.Contains("createdAt must be ISO 8601 with an offset", Fault($$"""{"type":"a","createdAt":"{{time}}"}""", BodyForm.Any).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"type\":\"a\",}")]
    [InlineData("[{\"type\":\"a\"},]")]
    [InlineData("{\"type\":\"a\",\"data\":{\"a\":[1,]}}")]
    [InlineData("{\"type\":\"a\"")]
    [InlineData("{\"type\":\"a\",/* b */\"data\":{}}")]
    public void Fault_of_the_JSON_is_told_without_the_words_of_a_library(string body)
    {
        var detail = Fault(body, BodyForm.Any).Detail;

        Assert.StartsWith("This is not JSON: ", detail, StringComparison.Ordinal);
        Assert.DoesNotMatch("reader options|isFinalBlock|payload|property|token|in this mode|Expected|LineNumber", detail);
    }

    [Fact]
    public void A_fact_from_before_1970_is_an_event_too() => Assert.Equal(
        new DateTimeOffset(1969, 12, 31, 23, 0, 0, TimeSpan.Zero),
        Assert.Single(Parse("""{"type":"a","createdAt":"1970-01-01T00:00:00+01:00"}""", BodyForm.Any).Events).CreatedAt);

    [Fact]
    public void Event_whose_request_is_at_the_size_limit_is_taken()
    {
        // {"events":[{"id":"1","createdAt":"2026-11-23T14:55:00.123Z","type":"a","data":{"x":""}}]} has 89 bytes.
        Assert.Single(Parse($"{{\"type\":\"a\",\"id\":\"1\",\"data\":{{\"x\":\"{new string('x', 111)}\"}}}}", BodyForm.Any).Events);
        Assert.Equal(413, Fault($"{{\"type\":\"a\",\"id\":\"1\",\"data\":{{\"x\":\"{new string('x', 112)}\"}}}}", BodyForm.Any).Status);
    }

    [Fact]
    public void Too_large_an_event_is_413_with_its_index()
    {
        var fault = Fault($"[{{\"type\":\"a\"}},{{\"type\":\"a\",\"data\":{{\"x\":\"{new string('x', 200)}\"}}}}]", BodyForm.Any);
        Assert.Equal((413, 1), (fault.Status, fault.Index));
    }

    [Fact]
    public void Too_many_events_are_413()
    {
        const string Event = """{"type":"a"}""";
        Assert.Equal(413, Fault($"[{Event},{Event},{Event},{Event}]", BodyForm.Any).Status);
        Assert.Equal(3, Parse($"{Event}\n{Event}\n{Event}\n", BodyForm.Lines).Events.Count);
    }

    [Fact]
    public void Data_is_taken_as_it_was_written()
    {
        var e = Assert.Single(Parse("""{"id":"1","data":{"n":1.50e3,"é":"\u00e9"},"createdAt":"2026-11-23T15:55:00.123+01:00","type":"a"}""", BodyForm.Any).Events);
        Assert.Equal("""{"n":1.50e3,"é":"\u00e9"}""", Encoding.UTF8.GetString(e.Data.Span));
        Assert.Equal(("1", "a", new DateTimeOffset(2026, 11, 23, 14, 55, 0, 123, TimeSpan.Zero)), (e.Id, e.Type, e.CreatedAt));
    }

    [Fact]
    public void Without_data_it_is_an_empty_object_and_null_means_not_given()
    {
        var e = Assert.Single(Parse("\uFEFF{\"type\":\"a\",\"id\":null,\"createdAt\":null}", BodyForm.Any).Events);
        Assert.Equal("{}", Encoding.UTF8.GetString(e.Data.Span));
        Assert.Equal(36, e.Id.Length);
    }

    private static string Nested(int depth) => string.Concat(
        "{\"type\":\"a\",\"data\":", "{\"a\":", new string('[', depth - 1), new string(']', depth - 1), "}}");

    private static BodyFault Fault(string body, BodyForm form)
    {
        var parsed = Parse(body, form);
        Assert.Empty(parsed.Events);
        return Assert.IsType<BodyFault>(parsed.Fault);
    }

    private static ParsedEvents Parse(string body, BodyForm form) =>
        EventsParser.Parse(Encoding.UTF8.GetBytes(body), form, Limits with { MaxEventBytes = body.Contains("[[", StringComparison.Ordinal) ? 1000 : 200 });
}
