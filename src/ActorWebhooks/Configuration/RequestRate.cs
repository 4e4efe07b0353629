using System.Globalization;

namespace ActorWebhooks.Configuration;

/// <summary>How many requests a webhook makes in a time at most.</summary>
/// <param name="Count">Above 0; need not be whole.</param>
/// <param name="Unit">The letter of the time: <c>s</c>, <c>m</c> or <c>h</c>.</param>
internal readonly record struct RequestRate(decimal Count, char Unit)
{
    public const decimal Least = 0.001m;
    public const decimal Most = 1_000_000;

    /// <summary>The time from the start of one request to that of the next, at least.</summary>
    public TimeSpan Interval => TimeSpan.FromTicks((long)Math.Ceiling(TimeOf(Unit).Ticks / Count));

    public static bool IsUnit(char unit) => unit is 's' or 'm' or 'h';

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count:G29}/{Unit}");

    private static TimeSpan TimeOf(char unit) => unit switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };
}
