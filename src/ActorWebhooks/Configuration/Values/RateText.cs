using System.Globalization;

namespace ActorWebhooks.Configuration.Values;

/// <summary>Rates: <c>2/s</c>, <c>120/m</c>, <c>0.5/h</c>.</summary>
internal static class RateText
{
    /// <summary>What is too large for a <see cref="decimal"/> becomes the largest one, for the caller's range to refuse.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RequestRate rate)
    {
        rate = default;
        text = text.Trim(' ');
        var slash = text.IndexOf('/');
        if (slash < 0)
            return false;
        var number = text[..slash].TrimEnd(' ');
        var unit = text[(slash + 1)..].TrimStart(' ');
        if (unit.Length != 1 || !RequestRate.IsUnit(unit[0]) || !IsNumber(number))
            return false;
        rate = new RequestRate(
            decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) ? count : decimal.MaxValue, unit[0]);
        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart("0123456789");
        if (rest.Length == text.Length)
            return false;
        return rest.IsEmpty || (rest is ['.', .. var fraction] && !fraction.IsEmpty && fraction.TrimStart("0123456789").IsEmpty);
    }
}
