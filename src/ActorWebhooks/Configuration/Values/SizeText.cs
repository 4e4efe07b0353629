using System.Globalization;

namespace ActorWebhooks.Configuration.Values;

/// <summary>Sizes: an integer with <c>B KiB MiB</c>; without a unit, bytes.</summary>
internal static class SizeText
{
    public const string Units = "an integer with B, KiB or MiB, such as \"256KiB\"";

    private const long KiB = 1024;
    private const long MiB = KiB * KiB;

    public static long? Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? trimmed[..end] : trimmed;
        var factor = trimmed[digits.Length..].Trim() switch
        {
            "" or "B" => 1,
            "KiB" => KiB,
            "MiB" => MiB,
            _ => 0,
        };
        return factor > 0
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= long.MaxValue / factor
                ? number * factor
                : null;
    }

    public static string Format(long bytes) => bytes switch
    {
        _ when bytes % MiB == 0 => $"{bytes / MiB}MiB",
        _ when bytes % KiB == 0 => $"{bytes / KiB}KiB",
        _ => $"{bytes}B",
    };
}
