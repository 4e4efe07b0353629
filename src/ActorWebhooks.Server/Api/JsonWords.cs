using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
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

    /// <summary>The reader's own words for broken JSON, with the place counted from 1.</summary>
    public static BodyFault FaultOf(JsonException e)
    {
        var place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var text = place < 0 ? e.Message : e.Message[..place];
        return BodyFault.Malformed($"This is not JSON: {text} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
    }
}
