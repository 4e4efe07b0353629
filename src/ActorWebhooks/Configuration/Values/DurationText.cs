using System.Globalization;

namespace ActorWebhooks.Configuration.Values;

/// <summary>Durations as Stalwart writes them: <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>3d</c>, the unit in letters of any case; without a unit, milliseconds.</summary>
internal static class DurationText
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>What is too long for a <see cref="TimeSpan"/> becomes the longest one, for the caller's range to refuse.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        text = text.Trim();
        var unit = text.TrimStart("0123456789");
        var digits = text[..^unit.Length];
        unit = unit.TrimStart(' ');
        if (digits.IsEmpty || !TryFindUnit(unit, out var length))
            return false;

        duration = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Multiply(count, length)
            : TimeSpan.MaxValue;
        return true;
    }

    /// <summary>Milliseconds, with the same rule for what is too long.</summary>
    public static TimeSpan FromMilliseconds(long count) => Multiply(count, TimeSpan.FromMilliseconds(1));

    /// <summary>With the largest unit that needs no fraction.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
            return "0";
        foreach (var (unit, length) in Units)
        {
            if (duration.Ticks % length.Ticks == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / length.Ticks}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds}ms");
    }

    private static bool TryFindUnit(ReadOnlySpan<char> name, out TimeSpan length)
    {
        length = TimeSpan.FromMilliseconds(1);
        if (name.IsEmpty)
            return true;
        foreach (var candidate in Units)
        {
            if (!name.Equals(candidate.Unit, StringComparison.OrdinalIgnoreCase))
                continue;
            length = candidate.Length;
            return true;
        }

        return false;
    }

    private static TimeSpan Multiply(long count, TimeSpan unit) =>
        count > TimeSpan.MaxValue.Ticks / unit.Ticks ? TimeSpan.MaxValue
        : count < TimeSpan.MinValue.Ticks / unit.Ticks ? TimeSpan.MinValue
        : TimeSpan.FromTicks(count * unit.Ticks);
}
