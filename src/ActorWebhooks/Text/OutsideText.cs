using System.Globalization;
using System.Text;

namespace ActorWebhooks.Text;

/// <summary>
/// Text that others had a hand in (what endpoints answer, what exceptions quote of it, what other nodes and rows say), made fit to be kept,
/// logged and shown: cut, without secrets, and without characters that steer a terminal or hide what stands there.
/// </summary>
internal static class OutsideText
{
    /// <summary>The longest that is kept, in characters.</summary>
    public const int MaxLength = 500;

    // The rest is cut off unread. A secret that the cut divides is hidden.
    private const int LookedAt = 8;

    private const char Cut = '…';

    /// <param name="redactor">Null when no secret can be in it.</param>
    /// <param name="isCut">Whether the text went on.</param>
    public static string Clean(string text, SecretRedactor? redactor = null, int maxLength = MaxLength, bool isCut = false)
    {
        if (text.Length > maxLength * LookedAt)
            (text, isCut) = (text[..(maxLength * LookedAt)], true);
        text = redactor?.Redact(text, isCut) ?? text;
        if (text.Length <= maxLength && IsFit(text, keepsLines: false))
            return text;
        var clean = new StringBuilder(Math.Min(text.Length + 16, maxLength + 16));
        Append(clean, text, keepsLines: false, maxLength);
        return clean.ToString();
    }

    /// <summary>The whole of it, for whoever has bounded it before.</summary>
    /// <param name="keepsLines">Whether line feeds and tabs stay.</param>
    public static string CleanAll(string text, bool keepsLines = false)
    {
        if (IsFit(text, keepsLines))
            return text;
        var clean = new StringBuilder(text.Length + 16);
        Append(clean, text, keepsLines, int.MaxValue);
        return clean.ToString();
    }

    private static bool IsFit(string text, bool keepsLines)
    {
        foreach (var c in text)
        {
            if (IsUnfit(c, keepsLines) || char.IsSurrogate(c))
                return false;
        }

        return true;
    }

    private static void Append(StringBuilder clean, string text, bool keepsLines, int maxLength)
    {
        for (var i = 0; i < text.Length;)
        {
            var isFit = Rune.TryGetRuneAt(text, i, out var rune) && !IsUnfit(rune, keepsLines);
            var length = isFit ? rune.Utf16SequenceLength : 1;
            var next = isFit ? text.AsSpan(i, length) : Escape(text[i]);
            if (clean.Length + next.Length > maxLength)
            {
                clean.Append(Cut);
                return;
            }

            clean.Append(next);
            i += length;
        }
    }

    private static string Escape(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    private static bool IsUnfit(char c, bool keepsLines) =>
        IsUnfit(char.GetUnicodeCategory(c)) && !(keepsLines && c is '\n' or '\t');

    private static bool IsUnfit(Rune rune, bool keepsLines) =>
        IsUnfit(Rune.GetUnicodeCategory(rune)) && !(keepsLines && rune.Value is '\n' or '\t');

    private static bool IsUnfit(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
