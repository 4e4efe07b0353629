using ActorWebhooks.LoadTest.Running;
using static ActorWebhooks.LoadTest.Reporting.MarkdownTable;

namespace ActorWebhooks.LoadTest.Reporting;

/// <summary>How many times as many events a second each contender sends as each other does.</summary>
internal static class RatioTable
{
    public static string Of(IReadOnlyList<IReadOnlyList<RunReport>> contenders)
    {
        var table = new MarkdownTable(["events/s, times those of", .. contenders.Select(one => one[0].Plan.Contender)]);
        foreach (var one in contenders)
        {
            var ratios = contenders.Select(other => Show(one.RatioTo(other, r => r.EventsPerSecond), "0.00"));
            table.Add([one[0].Plan.Contender, .. ratios]);
        }

        return table.ToString();
    }
}
