using System.Globalization;

namespace ActorWebhooks.Configuration.Values;

/// <summary>Sizes: <c>512B</c>, <c>256KiB</c>, <c>1MiB</c>, the unit in letters of any case; without a unit, bytes.</summary>
internal static class SizeText
{
    private static readonly (string Unit, long Bytes)[] Units = [("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

    /// <summary>What is too large for a <see cref="long"/> becomes the largest one, for the caller's range to refuse.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long bytes)
    {
        bytes = 0;
        text = text.Trim();
        var unit = text.TrimStart("0123456789");
        var digits = text[..^unit.Length];
        var factor = FactorOf(unit.TrimStart(' '));
        if (digits.IsEmpty || factor == 0)
            return false;

        bytes = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue / factor
            ? count * factor
            : long.MaxValue;
        return true;
    }

    /// <summary>With the largest unit that needs no fraction.</summary>
    public static string Format(long bytes)
    {
        foreach (var (unit, factor) in Units)
        {
            if (bytes != 0 && bytes % factor == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor}{unit}");
        }

        return "0";
    }

    private static long FactorOf(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return 1;
        foreach (var (unit, bytes) in Units)
        {
            if (name.Equals(unit, StringComparison.OrdinalIgnoreCase))
                return bytes;
        }

        return 0;
    }
}
