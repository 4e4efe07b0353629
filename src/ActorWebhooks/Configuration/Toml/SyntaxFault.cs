namespace ActorWebhooks.Configuration.Toml;

/// <summary>
/// What the parser's diagnostics mean to a user. The parser quotes the text it met, which may be a secret that lacks its quotes,
/// so nothing of that is passed on.
/// </summary>
internal static class SyntaxFault
{
    private static readonly (string Fragment, string Meaning)[] Known =
    [
        ("Unexpected token [", "neither a key, a [section] nor a # comment"),
        ("Expecting `=`", "a key without =; accepted: key = value"),
        ("end-of-line found while expecting a value", "a value is missing after ="),
        ("for a value", "not a TOML value; accepted: text in quotes, an integer, true, false or an array, such as [ \"a\", \"b\" ]"),
        ("for a base key", "a key is missing or has characters that need quotes, such as [webhook.\"my webhook\"]"),
        ("Missing a `,`", "a comma is missing between two values of an array"),
        ("closing `]` for an array", "the array is not closed; accepted: values separated by commas, then ]"),
        ("while parsing inline table", "the inline table is not closed; accepted: { key = value, key = value }"),
        ("while expecting `]", "the section header is not closed; accepted: [webhook.\"id\"] alone on its line"),
        ("while expecting token `newline`", "text after the end of the value or header; accepted: one of them a line, comments after #"),
        ("multi-line", "the multi-line string is not closed; end it with the three quotes it began with"),
        ("Invalid newline in a string", "the string is not closed; end it with the quote it began with"),
        ("on string literal", "the string is not closed; end it with the quote it began with"),
        ("scape", "unknown escape after \\ in a string; accepted: "
            + "\\b \\t \\n \\f \\r \\e \\\" \\\\ \\xHH \\uHHHH \\UHHHHHHHH, or 'single quotes' to take \\ as it is"),
        ("control character", "a control character; accepted: its escape in a \"string\", such as \\u0001"),
        ("UTF-16", "not UTF-8 text; save the file as UTF-8"),
        ("\\r not followed", "a carriage return without a line feed; save the file with LF or CRLF line ends"),
        ("date time", "not a date or time; text needs quotes, such as \"30s\""),
        ("integer", "not a TOML integer; accepted: 64 bits, without leading zeros; text needs quotes, such as \"30s\""),
    ];

    public static string Describe(string diagnostic)
    {
        foreach (var (fragment, meaning) in Known)
        {
            if (diagnostic.Contains(fragment, StringComparison.Ordinal))
                return meaning;
        }

        return "not TOML; see https://toml.io for what is accepted";
    }

    /// <summary>Whether the trouble is within a value, which may have begun on an earlier line.</summary>
    public static bool IsInsideValue(string diagnostic) =>
        diagnostic.Contains("for a value", StringComparison.Ordinal)
        || diagnostic.Contains("array", StringComparison.Ordinal)
        || diagnostic.Contains("inline table", StringComparison.Ordinal)
        || IsAtTheEnd(diagnostic);

    /// <summary>Whether a string runs over the end of its line.</summary>
    public static bool IsAtLineEnd(string diagnostic) => diagnostic.Contains("Invalid newline in a string", StringComparison.Ordinal);

    /// <summary>Whether it is no matter of what follows: a token that has no place there, or a string that ought to have ended.</summary>
    public static bool IsFinal(string diagnostic) =>
        diagnostic.StartsWith("Unexpected token", StringComparison.Ordinal)
        || diagnostic.StartsWith("Expecting `=`", StringComparison.Ordinal)
        || diagnostic.StartsWith("Missing a `,`", StringComparison.Ordinal)
        || IsAtLineEnd(diagnostic);

    /// <summary>Whether a string runs to the end of the file.</summary>
    public static bool IsAtTheEnd(string diagnostic) => diagnostic.Contains("End-Of-File", StringComparison.Ordinal);
}
