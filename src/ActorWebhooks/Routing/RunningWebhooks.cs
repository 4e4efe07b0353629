using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>The webhooks of a node, and what they share. They outlive a restart of their supervisor.</summary>
internal sealed class RunningWebhooks(SupervisorSettings settings, WebhookServices services, ILoggingAdapter log)
{
    private readonly OutboxBudget _nodeBudget = new(settings.Outbox.MaxNodeBytes, RefusalReason.NodeFull);
    private readonly AcceptanceClock _clock = new(services.Time);
    private readonly RefusalNotice _nodeNotice = new(null, log, services.Time);

    public Dictionary<string, RunningWebhook> ById { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts the actor of a webhook as a child of <paramref name="parent"/>, watched by it.</summary>
    public RunningWebhook Start(IActorContext parent, WebhookDefinition definition)
    {
        var budget = new OutboxBudget(settings.Outbox.MaxBytes, RefusalReason.OutboxFull, _nodeBudget);
        var intake = new OutboxIntake(_clock);
        var machine = new WebhookMachine(
            definition,
            new MemoryOutbox(budget, intake),
            new MemoryDeadLetters(settings.DeadLetters),
            new WebhookAccount(definition.Id, services.Metrics),
            services.Time,
            services.Random);
        var actor = parent.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, services)), Uri.EscapeDataString(definition.Id));
        parent.Watch(actor);
        var ownNotice = new RefusalNotice(definition.Id, log, services.Time);
        var target = new WebhookTarget(definition.Id, actor, intake, budget, services.Metrics, ownNotice, _nodeNotice);
        return new RunningWebhook(actor, machine, target, budget, services.Metrics);
    }
}
