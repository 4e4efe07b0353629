using ActorWebhooks.Accounting;
using ActorWebhooks.Cluster.Telemetry;
using ActorWebhooks.Configuration;
using ActorWebhooks.Outbox;
using ActorWebhooks.Routing;
using ActorWebhooks.Telemetry;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>A webhook that lives somewhere in the cluster; on this node is what goes to it.</summary>
internal sealed class HopWebhook : RunningWebhook
{
    private readonly HopSender _hop;
    private readonly OutboxBudget _budget;
    private readonly WebhookMetrics _engineMetrics;
    private readonly HopMetrics _metrics;

    public HopWebhook(
        IActorRef courier,
        WebhookDefinition definition,
        WebhookTarget target,
        HopSender hop,
        OutboxBudget budget,
        WebhookMetrics engineMetrics,
        HopMetrics metrics)
        : base(courier, target, definition)
    {
        (_hop, _budget, _engineMetrics, _metrics) = (hop, budget, engineMetrics, metrics);
        metrics.Watch(definition.Id, () => new OutboxUse(budget.UsedEvents, budget.UsedBytes));
    }

    public override bool IsEmpty => _budget.UsedBytes == 0;

    public override void Abandon(ILoggingAdapter log)
    {
        _metrics.Unwatch(Id);
        Target.Abandon();
        var lost = _hop.Abandon();
        if (lost == 0)
            return;
        _engineMetrics.Dropped(Id, lost, nameof(DropReason.Stopped));
        log.Warning("Webhook {0}: this node stopped with {1} events that have not reached the webhook; they were not accepted, and are lost", Id, lost);
    }
}
