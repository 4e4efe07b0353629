using System.Globalization;

namespace ActorWebhooks.Configuration.Values;

/// <summary>Durations as Stalwart writes them: an integer with <c>ms s m h d</c>; without a unit, milliseconds.</summary>
internal static class DurationText
{
    public const string Units = "an integer with ms, s, m, h or d, such as \"30s\"";

    public static TimeSpan? Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? trimmed[..end] : trimmed;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Of(number, trimmed[digits.Length..].Trim())
            : null;
    }

    /// <summary>Null when it is negative or beyond what a <see cref="TimeSpan"/> holds.</summary>
    public static TimeSpan? OfMilliseconds(long number) => Of(number, "ms");

    public static string Format(TimeSpan duration) => duration switch
    {
        { Ticks: 0 } => "0",
        _ when duration.Ticks % TimeSpan.TicksPerDay == 0 => $"{duration.Ticks / TimeSpan.TicksPerDay}d",
        _ when duration.Ticks % TimeSpan.TicksPerHour == 0 => $"{duration.Ticks / TimeSpan.TicksPerHour}h",
        _ when duration.Ticks % TimeSpan.TicksPerMinute == 0 => $"{duration.Ticks / TimeSpan.TicksPerMinute}m",
        _ when duration.Ticks % TimeSpan.TicksPerSecond == 0 => $"{duration.Ticks / TimeSpan.TicksPerSecond}s",
        _ => $"{duration.Ticks / TimeSpan.TicksPerMillisecond}ms",
    };

    private static TimeSpan? Of(long number, ReadOnlySpan<char> unit)
    {
        var ticks = unit switch
        {
            "" or "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => 0,
        };
        return ticks > 0 && number >= 0 && number <= TimeSpan.MaxValue.Ticks / ticks ? new TimeSpan(number * ticks) : null;
    }
}
