using ActorWebhooks.LoadTest.Contenders;

namespace ActorWebhooks.LoadTest.Running;

/// <summary>The scaling curves: one parameter changes, all others stay as they are.</summary>
internal static class Curves
{
    private const long BytesUnderWay = 192 * 1024 * 1024;
    private const int BytesOfBatch = 4 * 1024 * 1024;
    private const int BytesOfPoint = 512 * 1024 * 1024;

    private static readonly LoadPlan Standard = new() { Events = 2_000_000, WarmUp = 2_000_000, Outstanding = 400_000 };
    private static readonly int[] Decades = [1, 10, 100, 1_000, 10_000, 100_000];

    public static IReadOnlyDictionary<string, LoadPlan[]> All { get; } = new Dictionary<string, LoadPlan[]>(StringComparer.Ordinal)
    {
        ["idle-webhooks"] = [.. Decades.Select(n => Standard with { Webhooks = new WebhookPopulation(Count: n) })],
        ["busy-webhooks"] = [.. Decades[..4].Select(n => Standard with { Webhooks = new WebhookPopulation(Count: n, Tenants: n) })],
        ["patterns"] = [.. Decades.Select(n => Standard with { Webhooks = new WebhookPopulation(Patterns: n) })],
        ["fan-out"] = [.. Decades[..4].Select(FanOut)],
        ["event-size"] = [.. new[] { 220, 1024, 4096, 16 * 1024, 64 * 1024 }.SelectMany(EventSize)],
        ["producers"] = [.. new[] { 1, 2, 4, 8 }.Select(n => Standard with { Producers = n })],
    };

    private static LoadPlan FanOut(int n) => Standard with
    {
        Events = Math.Max(5_000, Standard.Events / n),
        WarmUp = Math.Max(5_000, Standard.WarmUp / n),
        Outstanding = Math.Max(500, Standard.Outstanding / n),
        Webhooks = new WebhookPopulation(Count: n, FanOut: n),
    };

    private static IEnumerable<LoadPlan> EventSize(int bytes)
    {
        var plan = Standard with
        {
            EventBytes = bytes,
            Events = Math.Min(Standard.Events, 2 * BytesOfPoint / bytes),
            WarmUp = Math.Min(Standard.WarmUp, BytesOfPoint / bytes),
            BatchEvents = Math.Min(Standard.BatchEvents, BytesOfBatch / bytes),
            Outstanding = (int)Math.Min(Standard.Outstanding, BytesUnderWay / bytes),
        };
        plan = plan with { Events = plan.Events / plan.BatchEvents * plan.BatchEvents, WarmUp = plan.WarmUp / plan.BatchEvents * plan.BatchEvents };
        return [plan, plan with { Contender = ContenderCatalog.ByHand }, plan with { Contender = ContenderCatalog.RawLimit }];
    }
}
