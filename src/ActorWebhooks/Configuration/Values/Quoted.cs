using System.Globalization;
using System.Text;

namespace ActorWebhooks.Configuration.Values;

/// <summary>Text of a user as an error message shows it: in quotes, on one line, not too long.</summary>
internal static class Quoted
{
    public const string Hidden = "***";

    private const int MaxLength = 60;

    public static string Show(string text, int maxLength = MaxLength)
    {
        var shown = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length > maxLength)
                return shown.Append("…\"").ToString();
            Append(shown, rune);
        }

        return shown.Append('"').ToString();
    }

    private static void Append(StringBuilder shown, Rune rune)
    {
        if (rune.Value is '"' or '\\')
            shown.Append('\\').Append((char)rune.Value);
        else if (IsUnprintable(rune))
            shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        else
            shown.Append(rune.ToString());
    }

    private static bool IsUnprintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
