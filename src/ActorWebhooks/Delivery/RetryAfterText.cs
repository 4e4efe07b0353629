using System.Globalization;

namespace ActorWebhooks.Delivery;

/// <summary>
/// The value of <c>Retry-After</c> as servers write it: seconds, with a fraction or without, or a date, or several of these. Of several the
/// longest wait counts.
/// </summary>
internal static class RetryAfterText
{
    /// <summary>What is longer is no answer to a question of time, and is not looked into.</summary>
    private const int MostCharacters = 1_000;

    private const string OfNumbers = "0123456789.+-eE";

    // Whoever asks for more means for good.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    private static readonly string[] Seconds = ["s", "sec", "secs", "second", "seconds"];

    /// <param name="value">Of one line of the header.</param>
    /// <returns>From now, never below zero; null when nothing in it can be read.</returns>
    public static TimeSpan? Parse(ReadOnlySpan<char> value, DateTimeOffset now)
    {
        if (value.Length > MostCharacters)
            return null;
        TimeSpan? longest = null;
        while (!value.IsEmpty)
        {
            var end = EndOfItem(value);
            var item = WithoutParameters(value[..end]).Trim(" \t\"'");
            value = value[Math.Min(value.Length, end + 1)..];
            if ((ParseSeconds(item) ?? ParseDate(item, now)) is { } wait && !(wait <= longest))
                longest = wait;
        }

        return longest;
    }

    private static ReadOnlySpan<char> WithoutParameters(ReadOnlySpan<char> item)
    {
        var end = item.IndexOf(';');
        return end < 0 ? item : item[..end];
    }

    // The comma behind the name of a day is part of a date.
    private static int EndOfItem(ReadOnlySpan<char> value)
    {
        var end = value.IndexOf(',');
        if (end < 0)
            return value.Length;
        if (!DateText.IsDayOfWeek(value[..end].Trim(" \t\"'")))
            return end;
        var next = value[(end + 1)..].IndexOf(',');
        return next < 0 ? value.Length : end + 1 + next;
    }

    private static TimeSpan? ParseSeconds(ReadOnlySpan<char> item)
    {
        var unit = item.TrimStart(OfNumbers);
        var number = item[..^unit.Length];
        if (!IsSeconds(unit.TrimStart(' ')) || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return null;
        seconds = Math.Ceiling(seconds);
        return seconds <= 0 ? TimeSpan.Zero : seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds((long)seconds);
    }

    private static bool IsSeconds(ReadOnlySpan<char> unit)
    {
        if (unit.IsEmpty)
            return true;
        foreach (var name in Seconds)
        {
            if (unit.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static TimeSpan? ParseDate(ReadOnlySpan<char> item, DateTimeOffset now) =>
        DateText.Parse(item) is not { } date ? null : date <= now ? TimeSpan.Zero : date - now;
}
