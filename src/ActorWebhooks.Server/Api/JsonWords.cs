using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ActorWebhooks.Events;
using ActorWebhooks.Server.Text;

namespace ActorWebhooks.Server.Api;

/// <summary>What the JSON reader stands on, in words that fit into a sentence.</summary>
internal static class JsonWords
{
    // The longest text that an event may have where a text is expected: 128 characters, each written as \u0041.
    private const int MaxTextBytes = 6 * 128;

    /// <summary>The string or member name; false when it is too long for any that is expected, or not text.</summary>
    public static bool TryGetText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || reader.ValueSpan.Length > MaxTextBytes)
            return false;
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON, but not text.
            return false;
        }
    }

    /// <summary>The beginning of a text in quotation marks, or what else is there.</summary>
    public static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String or JsonTokenType.PropertyName =>
            $"'{Printable.Shorten(TryGetText(ref reader, out var text) ? text : Printable.FromUtf8(reader.ValueSpan))}'",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    public static BodyFault FaultOf(JsonException e) => BodyFault.Malformed($"This is not JSON: {JsonFault.Describe(e)}.");
}
