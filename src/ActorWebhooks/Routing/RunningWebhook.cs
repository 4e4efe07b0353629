using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>All that the supervisor has of one webhook.</summary>
internal sealed class RunningWebhook
{
    private readonly WebhookMachine _machine;
    private readonly OutboxBudget _budget;
    private readonly WebhookServices _services;

    private RunningWebhook(IActorRef actor, WebhookMachine machine, OutboxBudget budget, WebhookServices services, ILoggingAdapter log)
    {
        Actor = actor;
        Definition = machine.Definition;
        Target = new WebhookTarget(Id, actor, budget, services.Metrics, log);
        Target.Open(Definition.Lossy);
        (_machine, _budget, _services) = (machine, budget, services);
        services.Metrics.Watch(Id, () => machine.Waiting, () => budget.UsedBytes);
    }

    public string Id => Definition.Id;

    public WebhookDefinition Definition { get; private set; }

    public IActorRef Actor { get; }

    public WebhookTarget Target { get; }

    public WebhookPresence Presence { get; set; } = WebhookPresence.Listening;

    /// <summary>Whether nothing is on its way to it, in its mailbox or in its outbox.</summary>
    public bool IsEmpty => _budget.UsedBytes == 0;

    /// <summary>Starts its actor as a child of <paramref name="parent"/>, watched by it.</summary>
    public static RunningWebhook Start(
        IActorContext parent, WebhookDefinition definition, SupervisorSettings settings, OutboxBudget nodeBudget, WebhookServices services)
    {
        var budget = new OutboxBudget(settings.Outbox.MaxBytes, RefusalReason.OutboxFull, nodeBudget);
        var machine = new WebhookMachine(
            definition,
            new MemoryOutbox(budget),
            new MemoryDeadLetters(settings.DeadLetters),
            new WebhookAccount(definition.Id, services.Metrics),
            services.Time,
            services.Random);
        var actor = parent.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, services)), Uri.EscapeDataString(definition.Id));
        parent.Watch(actor);
        return new RunningWebhook(actor, machine, budget, services, parent.System.Log);
    }

    /// <summary>Listens, by another definition than before.</summary>
    public void Change(WebhookDefinition definition)
    {
        Presence = WebhookPresence.Listening;
        Definition = definition;
        Target.Open(definition.Lossy);
        Actor.Tell(new ReconfigureWebhook(definition));
    }

    /// <summary>Gives up what it still holds. Only once its actor is no more.</summary>
    public void Abandon(ILoggingAdapter log)
    {
        _services.Metrics.Unwatch(Id);
        var lost = _machine.Abandon();
        if (lost > 0)
            log.Warning("Webhook {0}: stopped with {1} undelivered events, which are lost", Id, lost);
    }
}
