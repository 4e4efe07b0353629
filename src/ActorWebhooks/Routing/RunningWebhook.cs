using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>All that the supervisor has of one webhook.</summary>
internal sealed class RunningWebhook
{
    private readonly WebhookMachine _machine;
    private readonly OutboxBudget _budget;
    private readonly WebhookMetrics _metrics;

    public RunningWebhook(IActorRef actor, WebhookMachine machine, WebhookTarget target, OutboxBudget budget, WebhookMetrics metrics)
    {
        (_machine, _budget, _metrics) = (machine, budget, metrics);
        (Actor, Target, Definition) = (actor, target, machine.Definition);
        Target.Open(Definition.Lossy);
        metrics.Watch(Id, ReadUse);
    }

    public string Id => Definition.Id;

    public WebhookDefinition Definition { get; private set; }

    public IActorRef Actor { get; }

    public WebhookTarget Target { get; }

    public WebhookPresence Presence { get; set; } = WebhookPresence.Listening;

    /// <summary>Whether nothing is on its way to it, in its mailbox or in its outbox.</summary>
    public bool IsEmpty => _budget.UsedBytes == 0;

    /// <summary>Listens, by another definition than before.</summary>
    public void Change(WebhookDefinition definition)
    {
        Presence = WebhookPresence.Listening;
        Definition = definition;
        Target.Open(definition.Lossy);
        Actor.Tell(new ReconfigureWebhook(definition));
    }

    /// <summary>Gives up what nothing but memory holds, in its mailbox too. Only once its actor is no more.</summary>
    public void Abandon(ILoggingAdapter log)
    {
        _metrics.Unwatch(Id);
        Target.Abandon();
        if (_machine.Journal is not null)
        {
            Leave(log);
            return;
        }

        var lost = _budget.UsedEvents;
        var dead = _machine.DropDeadLetters();
        _machine.Abandon();
        _metrics.Dropped(Id, _budget.UsedEvents, nameof(DropReason.Stopped));
        if (lost + dead > 0)
            log.Warning("Webhook {0}: stopped with {1} undelivered events and {2} dead letters, which are lost", Id, lost, dead);
    }

    private OutboxUse ReadUse()
    {
        var behind = _machine.Journal?.OnlyInJournal ?? default;
        return new OutboxUse(_budget.UsedEvents + behind.Events, _budget.UsedBytes + behind.Bytes);
    }

    private void Leave(ILoggingAdapter log)
    {
        var waiting = _machine.Waiting;
        var unwritten = _machine.Abandon();
        if (waiting > 0)
            log.Info("Webhook {0}: stopped with {1} undelivered events, which wait in the journal", Id, waiting);
        if (unwritten == 0)
            return;
        _metrics.Dropped(Id, unwritten, nameof(DropReason.Stopped));
        log.Warning("Webhook {0}: stopped with {1} events that the journal has not confirmed; they were not accepted, and may be lost", Id, unwritten);
    }
}
