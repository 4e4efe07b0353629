using System.Globalization;

namespace ActorWebhooks.Delivery;

/// <summary>
/// Dates as servers write them: the three forms of HTTP (RFC 9110 section 5.6.7), ISO 8601, and what <c>date</c> and JavaScript write; with the zone in
/// numbers, in the letters of RFC 5322 or without one, which is UTC. The name of the day is not compared with the date.
/// </summary>
internal static class DateText
{
    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private const int MostDecimals = 7;

    // RFC 5322 section 4.3; hours east of Greenwich.
    private static readonly (string Name, int East)[] Zones =
    [
        ("GMT", 0), ("UTC", 0), ("UT", 0), ("Z", 0),
        ("EDT", -4), ("EST", -5), ("CDT", -5), ("CST", -6), ("MDT", -6), ("MST", -7), ("PDT", -7), ("PST", -8),
    ];

    private static readonly string[] Forms =
    [
        "d MMM yyyy H:m:s",
        "d MMM yy H:m:s",
        "d-MMM-yyyy H:m:s",
        "d-MMM-yy H:m:s",
        "MMM d H:m:s yyyy",
        "MMM d H:m:s 'GMT' yyyy",
        "MMM d H:m:s 'UTC' yyyy",
        "MMM d yyyy H:m:s",
        "yyyy-M-d'T'H:m:s.FFFFFFF",
        "yyyy-M-d H:m:s.FFFFFFF",
        "yyyy-M-d'T'H:m",
        "yyyyMMdd'T'HHmmss",
    ];

    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        text = WithoutDay(WithoutComment(text.Trim()));
        text = WithoutExcessDecimals(WithoutZone(text, out var east));
        if (!DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, Styles, out var date))
            return null;
        var ticks = date.UtcTicks - east.Ticks;
        return ticks < 0 ? DateTimeOffset.MinValue : ticks > DateTimeOffset.MaxValue.Ticks ? DateTimeOffset.MaxValue : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>Whether it is the name of a day, or the first three letters of it or more.</summary>
    public static bool IsDayOfWeek(ReadOnlySpan<char> word)
    {
        foreach (var day in Days)
        {
            if (word.Length >= 3 && day.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> WithoutDay(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(' ', ',');
        return end > 0 && IsDayOfWeek(text[..end]) ? text[(end + 1)..].TrimStart(" ,") : text;
    }

    // JavaScript names the zone once more there.
    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> text)
    {
        var start = text.EndsWith(")") ? text.LastIndexOf('(') : -1;
        return start > 0 ? text[..start].TrimEnd() : text;
    }

    // Nanoseconds, as Go writes them.
    private static ReadOnlySpan<char> WithoutExcessDecimals(ReadOnlySpan<char> text)
    {
        var point = text.LastIndexOf('.');
        return point > 0 && text.Length - point - 1 > MostDecimals && !text[(point + 1)..].ContainsAnyExceptInRange('0', '9')
            ? text[..(point + 1 + MostDecimals)]
            : text;
    }

    // In letters, in numbers, or both, as GMT+0100. A minus within a date stands between other things.
    private static ReadOnlySpan<char> WithoutZone(ReadOnlySpan<char> text, out TimeSpan east)
    {
        east = TimeSpan.Zero;
        var sign = text.LastIndexOfAny('+', '-');
        if (sign > 0 && text[..sign].ContainsAny(':', 'T') && TryReadOffset(text[sign..], out var offset))
        {
            text = text[..sign].TrimEnd();
            east = offset;
        }

        foreach (var (name, hours) in Zones)
        {
            if (!text.EndsWith(name, StringComparison.OrdinalIgnoreCase))
                continue;
            east += TimeSpan.FromHours(hours);
            return text[..^name.Length].TrimEnd();
        }

        return text;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        Span<char> digits = stackalloc char[4];
        var count = 0;
        foreach (var c in text[1..])
        {
            if (c == ':' && count == 2)
                continue;
            if (!char.IsAsciiDigit(c) || count == digits.Length)
                return false;
            digits[count++] = c;
        }

        if (count is not (2 or 4))
            return false;
        var hours = int.Parse(digits[..2], NumberStyles.None, CultureInfo.InvariantCulture);
        var minutes = count == 2 ? 0 : int.Parse(digits[2..], NumberStyles.None, CultureInfo.InvariantCulture);
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return minutes < 60;
    }
}
