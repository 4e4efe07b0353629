using ActorWebhooks.LoadTest.Running;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>What several runs say together.</summary>
internal static class Medians
{
    public static double Of(this IReadOnlyList<RunReport> reports, Func<RunReport, double> figure) => Median(reports.Select(figure));

    /// <summary>The median of what comes of the two in the same round.</summary>
    public static double RatioTo(this IReadOnlyList<RunReport> reports, IReadOnlyList<RunReport> others, Func<RunReport, double> figure) =>
        Median(reports.Zip(others, (one, other) => figure(one) / figure(other)));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
