using System.Collections.Immutable;
using ActorWebhooks.Accounting;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>What a webhook is doing, and what became of its events.</summary>
internal static class ReportCodec
{
    // A reason and a number.
    private const int LeastDropped = 2;

    public static void Write(WireWriter to, WebhookReport report)
    {
        to.OneOf(report.State >= WebhookState.WaitingForConnection ? WebhookState.Waiting : report.State);
        to.Number(report.Accepted);
        to.Number(report.Delivered);
        to.Number(report.Waiting);
        to.Number(report.Dead);
        WriteDropped(to, report.Dropped);
        to.Number(report.Failures);
        to.Flag(report.LastAttempt is not null);
        if (report.LastAttempt is { } attempt)
            to.Block(attempt, AttemptCodec.Write);
        to.TimeOrNull(report.NextAttemptAt);
        to.Newer(report.State, WebhookState.WaitingForConnection);
    }

    public static WebhookReport Read(WireReader from)
    {
        var report = new WebhookReport(
            from.OneOf<WebhookState>(),
            from.Number(),
            from.Number(),
            from.Int(),
            from.Int(),
            ReadDropped(ref from),
            from.Int(),
            from.Flag() ? AttemptCodec.Read(from.Block()) : null,
            from.TimeOrNull());
        return report with { State = from.Newer(report.State, WebhookState.WaitingForConnection) };
    }

    // In the order of the numbers, so that what is the same is written the same.
    private static void WriteDropped(WireWriter to, ImmutableDictionary<DropReason, long> dropped)
    {
        to.Number(dropped.Count);
        foreach (var (reason, events) in dropped.OrderBy(pair => pair.Key))
        {
            to.OneOf(reason);
            to.Number(events);
        }
    }

    private static ImmutableDictionary<DropReason, long> ReadDropped(ref WireReader from)
    {
        var dropped = ImmutableDictionary.CreateBuilder<DropReason, long>();
        for (var left = from.Count(LeastDropped); left > 0; left--)
            dropped[from.OneOf<DropReason>()] = from.Number();
        return dropped.ToImmutable();
    }
}
