using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>
/// The router's own actor, parent of one <see cref="WebhookActor"/> for each webhook. A webhook that fails is restarted with its
/// outbox as it was; its neighbours notice nothing.
/// </summary>
internal sealed class WebhookSupervisor(
    ImmutableArray<WebhookDefinition> definitions,
    WebhookRoutingLogic logic,
    RoutingLimits routingLimits,
    OutboxLimits outboxLimits,
    WebhookServices services) : UntypedActor
{
    private readonly OutboxBudget _nodeBudget = new(outboxLimits.MaxNodeBytes, RefusalReason.NodeFull);
    private readonly Dictionary<string, MemoryOutbox> _outboxes = [];

    protected override void PreStart()
    {
        var running = definitions.Where(definition => definition.Enable).ToImmutableArray();
        var targets = running.Select(Start).ToImmutableArray();
        logic.Open(new RoutingTable(running, targets, routingLimits, services.Metrics));
        Context.GetLogger().Info("Webhooks started: {0} of {1} configured", running.Length, definitions.Length);
    }

    protected override void OnReceive(object message) => Unhandled(message);

    // A fault of this actor is no reason to stop the webhooks.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostRestart(Exception reason)
    {
    }

    protected override void PostStop()
    {
        logic.Close();
        foreach (var (id, outbox) in _outboxes)
        {
            var lost = outbox.Abandon();
            if (lost == 0)
                continue;
            services.Metrics.Dropped(id, lost, "stopped");
            Context.GetLogger().Warning("Webhook {0}: stopped with {1} undelivered events, which are lost", id, lost);
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, _ => Directive.Restart);

    private WebhookTarget Start(WebhookDefinition definition)
    {
        var budget = new OutboxBudget(outboxLimits.MaxBytes, RefusalReason.OutboxFull, _nodeBudget);
        var outbox = new MemoryOutbox(budget);
        _outboxes.Add(definition.Id, outbox);
        var actor = Context.ActorOf(
            ActorFactory.Props(() => new WebhookActor(definition, outbox, services)), Uri.EscapeDataString(definition.Id));
        return new WebhookTarget(definition.Id, actor, budget, services.Metrics, Context.System.Log);
    }
}
