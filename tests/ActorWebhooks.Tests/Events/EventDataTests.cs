using System.Text;
using System.Text.Json;
using ActorWebhooks.Events;
using CsCheck;

namespace ActorWebhooks.Tests.Events;

public class EventDataTests
{
    private static readonly JsonSerializerOptions Compact = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Gen<string> Object =
        from pairs in Gen.Select(Gen.String[Gen.Char["a \\\"{}[],:\tü"], 0, 6], Gen.String[Gen.Char["b \\\"{}[],:\nß"], 0, 8]).Array[0, 5]
        from isIndented in Gen.Bool
        select JsonSerializer.Serialize(
            pairs.DistinctBy(p => p.Item1).ToDictionary(p => p.Item1, p => new[] { p.Item2 }),
            isIndented ? Indented : Compact);

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData(" {\r\n\t} ", "{}")]
    [InlineData("""{ "a b" : [ 1 , 2 ] }""", """{"a b":[1,2]}""")]
    [InlineData("""{ "q\" x" : "\\" , "y" : " " }""", """{"q\" x":"\\","y":" "}""")]
    [InlineData("""{"name":"Jürgen","n":1e5}""", """{"name":"Jürgen","n":1e5}""")]
    public void White_space_between_tokens_goes_and_all_else_stays(string json, string compact) =>
        Assert.Equal(compact, Capture(json));

    [Fact]
    public void What_is_captured_is_the_same_document_without_superfluous_bytes() =>
        Object.Sample(json =>
        {
            using var document = JsonDocument.Parse(json);
            Assert.Equal(Capture(JsonSerializer.Serialize(document)), Capture(json));
            Assert.Equal(Capture(json), Capture(Capture(json)));
        });

    [Theory]
    [InlineData("[]", "an array")]
    [InlineData("\"x\"", "a string")]
    [InlineData("1", "a number")]
    [InlineData("null", "null")]
    public void Json_that_is_not_an_object_is_refused_with_what_was_found(string json, string found)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Capture(json));

        Assert.Contains(EventData.Rule, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(found, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{'a':1}")]
    [InlineData("{/**/}")]
    public void Malformed_json_is_refused(string json) =>
        Assert.Contains(EventData.Rule, Assert.Throws<ArgumentException>(() => Capture(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.Contains(
            "not UTF-8",
            Assert.Throws<ArgumentException>(() => WebhookEvent.FromJson("a", [(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}'])).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void An_object_is_at_most_64_levels_deep(int depth, bool isTaken)
    {
        var json = string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);

        Assert.Equal(isTaken, Record.Exception(() => Capture(json)) is not ArgumentException);
    }

    private static string Capture(string json) => Encoding.UTF8.GetString(WebhookEvent.FromJson("a", json).Data.Span);
}
