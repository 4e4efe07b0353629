using System.Text;
using System.Text.Json;
using ActorWebhooks.Events;

namespace ActorWebhooks.Tests.Events;

public sealed class JsonFaultTests
{
    // Of the reader: its own options, types and members.
    private static readonly string[] WordsOfTheLibrary =
        ["reader options", "isFinalBlock", "payload", "property", "token", "depth", "LineNumber", "BytePosition", "Expected", "mode", "'"];

    [Theory]
    [InlineData("", "it ends too early")]
    [InlineData("{", "it ends too early")]
    [InlineData("{\"a\"", "it ends too early")]
    [InlineData("{\"a\":", "it ends too early")]
    [InlineData("{\"a\":1", "it ends too early")]
    [InlineData("{\"a", "a string is not closed")]
    [InlineData("{\"a\":1,}", "there is a comma before a closing bracket")]
    [InlineData("{\"a\":[1,]}", "there is a comma before a closing bracket")]
    [InlineData("{,}", "the name of a member is missing, or is not in double quotes")]
    [InlineData("{a:1}", "the name of a member is missing, or is not in double quotes")]
    [InlineData("{'a':1}", "the name of a member is missing, or is not in double quotes")]
    [InlineData("{\"a\" 1}", "a colon is missing after the name of a member")]
    [InlineData("{\"a\":}", "a value is missing, or is text without double quotes")]
    [InlineData("{\"a\":hello}", "a value is missing, or is text without double quotes")]
    [InlineData("{\"a\":True}", "a value is missing, or is text without double quotes")]
    [InlineData("{\"a\":truth}", "a word is none of true, false and null")]
    [InlineData("{\"a\":nulnumber}", "a word is none of true, false and null")]
    [InlineData("{\"a\":01}", "a number begins with a zero")]
    [InlineData("{\"a\":1.}", "a number is not written as JSON does")]
    [InlineData("{\"a\":-x}", "a number is not written as JSON does")]
    [InlineData("{\"a\":1ex}", "a number is not written as JSON does")]
    [InlineData("{\"a\":\"\\x\"}", "an escape in a string is not one of JSON's")]
    [InlineData("{\"a\":\"\\u00g0\"}", "an escape in a string is not one of JSON's")]
    [InlineData("{\"a\":\"\t\"}", "a control character in a string is not escaped")]
    [InlineData("{\"a\":1 2}", "a comma or a closing bracket is missing after a value")]
    [InlineData("{\"a\":[1}", "a bracket closes")]
    [InlineData("{} x", "there is more after its end")]
    [InlineData("{}{}", "there is more after its end")]
    [InlineData("{/* a */}", "there is a comment")]
    [InlineData("{\"a\": // b\n1}", "there is a comment")]
    public void Fault_is_told_in_words_for_whoever_wrote_it(string json, string words)
    {
        var fault = Describe(json);

        Assert.StartsWith(words, fault, StringComparison.Ordinal);
        Assert.Matches(@" \(line \d+, byte \d+\)$", fault);
        Assert.All(WordsOfTheLibrary, word => Assert.DoesNotContain(word.Replace("'", "' ", StringComparison.Ordinal), fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Too_deep_is_told_as_that() =>
        Assert.StartsWith("it is nested too deeply", Describe(new string('[', 100)), StringComparison.Ordinal);

    [Fact]
    public void Refusal_of_data_has_no_word_of_the_reader()
    {
        var refusal = Assert.Throws<ArgumentException>(() => WebhookEvent.FromJson("a", "{\"a\":1,}"));

        Assert.StartsWith($"{EventData.Rule}; there is a comma before a closing bracket (line 1, byte 8).", refusal.Message, StringComparison.Ordinal);
    }

    private static string Describe(string json)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            while (reader.Read())
            {
                // To its end or its fault.
            }
        }
        catch (JsonException e)
        {
            return JsonFault.Describe(e);
        }

        throw new InvalidOperationException($"This is JSON: {json}");
    }
}
