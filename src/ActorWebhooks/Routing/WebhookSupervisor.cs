using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
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
    DeadLetterLimits deadLetterLimits,
    WebhookServices services) : UntypedActor
{
    private readonly OutboxBudget _nodeBudget = new(outboxLimits.MaxNodeBytes, RefusalReason.NodeFull);
    private readonly Dictionary<string, WebhookMachine> _machines = [];

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
        foreach (var (id, machine) in _machines)
        {
            var lost = machine.Abandon();
            if (lost > 0)
                Context.GetLogger().Warning("Webhook {0}: stopped with {1} undelivered events, which are lost", id, lost);
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(maxNrOfRetries: -1, withinTimeMilliseconds: -1, _ => Directive.Restart);

    private WebhookTarget Start(WebhookDefinition definition)
    {
        var budget = new OutboxBudget(outboxLimits.MaxBytes, RefusalReason.OutboxFull, _nodeBudget);
        var machine = new WebhookMachine(
            definition,
            new MemoryOutbox(budget),
            new MemoryDeadLetters(deadLetterLimits),
            new WebhookAccount(definition.Id, services.Metrics),
            services.Time,
            services.Random);
        _machines.Add(definition.Id, machine);
        var actor = Context.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, services)), Uri.EscapeDataString(definition.Id));
        return new WebhookTarget(definition.Id, actor, budget, services.Metrics, Context.System.Log) { IsLossy = definition.Lossy };
    }
}
