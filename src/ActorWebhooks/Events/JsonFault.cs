using System.Text.Json;

namespace ActorWebhooks.Events;

/// <summary>What is wrong with JSON, in words for whoever wrote it. Those of the reader are about its own options and types.</summary>
internal static class JsonFault
{
    // The first fragment that the reader's message has counts.
    private static readonly (string Fragment, string Meaning)[] Known =
    [
        // The only message that quotes more than a character of the text.
        ("is an invalid JSON literal", "a word is none of true, false and null; text needs double quotes"),
        ("trailing comma", "there is a comma before a closing bracket"),
        ("maximum configured depth", "it is nested too deeply"),
        ("'/' is", "there is a comment, which JSON does not have"),
        ("after a single JSON value", "there is more after its end"),
        ("end of string", "a string is not closed"),
        ("instead reached end of data", "it ends too early"),
        ("leading zero", "a number begins with a zero"),
        ("number", "a number is not written as JSON does, such as -1.5e3"),
        ("a digit", "a number is not written as JSON does, such as -1.5e3"),
        ("isFinalBlock", "it ends too early"),
        ("depth to be zero", "it ends too early"),
        ("after a property name", "a colon is missing after the name of a member"),
        ("start of a property name", "the name of a member is missing, or is not in double quotes"),
        ("start of a value", "a value is missing, or is text without double quotes"),
        ("hex digit", "an escape in a string is not one of JSON's"),
        ("escapable", "an escape in a string is not one of JSON's"),
        ("within a JSON string", "a control character in a string is not escaped"),
        ("matching open", "a bracket closes what is not open"),
        ("after a value", "a comma or a closing bracket is missing after a value"),
    ];

    /// <summary>With its place, counted from 1.</summary>
    public static string Describe(JsonException e) => $"{Meaning(e.Message)} (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})";

    private static string Meaning(string message)
    {
        // A number that nothing follows: its last digit is what the reader takes offence at.
        if (message is ['\'', >= '0' and <= '9', '\'', ..] && message.Contains("end of a number", StringComparison.Ordinal))
            return "it ends too early";
        foreach (var (fragment, meaning) in Known)
        {
            if (message.Contains(fragment, StringComparison.Ordinal))
                return meaning;
        }

        return "it breaks a rule of JSON";
    }
}
