using System.Collections.Immutable;
using ActorWebhooks.Accounting;
using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
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
    private readonly JournalNotice _journalNotice = new(log);

    /// <summary>What is configured.</summary>
    public ImmutableArray<WebhookDefinition> Definitions { get; set; } = settings.Definitions;

    /// <summary>What is wrong with the configuration as it was read last, so that it is not in force.</summary>
    public ImmutableArray<string> Errors { get; set; } = [];

    public Dictionary<string, RunningWebhook> ById { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts the actor of a webhook as a child of <paramref name="parent"/>, watched by it.</summary>
    /// <param name="journal">The node's door to its journal; nobody if webhooks are in memory alone.</param>
    public RunningWebhook Start(IActorContext parent, WebhookDefinition definition, IActorRef journal)
    {
        var budget = new OutboxBudget(settings.Outbox.MaxBytes, RefusalReason.OutboxFull, _nodeBudget);
        var intake = new OutboxIntake(_clock);
        var machine = CreateMachine(definition, intake, budget);
        var actor = parent.ActorOf(
            ActorFactory.Props(() => new WebhookActor(machine, services, journal)), Uri.EscapeDataString(definition.Id));
        parent.Watch(actor);
        var ownNotice = new RefusalNotice(definition.Id, log, services.Time);
        var target = new WebhookTarget(
            definition.Id, actor, intake, budget, settings.Journal is not null, services.Metrics, ownNotice, _nodeNotice);
        return new RunningWebhook(actor, machine, target, budget, services.Metrics);
    }

    private WebhookMachine CreateMachine(WebhookDefinition definition, OutboxIntake intake, OutboxBudget budget)
    {
        var account = new WebhookAccount(definition.Id, services.Metrics);
        var deadLetterAge = settings.DeadLetters.MaxAge;
        if (settings.Journal is not { } limits)
        {
            var outbox = new MemoryOutbox(budget, intake);
            var deadLetters = new MemoryDeadLetters(settings.DeadLetters, e => TryRequeue(e, intake, budget));
            return new WebhookMachine(definition, outbox, deadLetters, deadLetterAge, account, services.Time, services.Random);
        }

        var journal = new WebhookJournal(
            new JournalIds(definition.Id), intake, budget, _nodeBudget, account, _journalNotice, limits, settings.DeadLetters, services.Time);
        return new WebhookMachine(
            definition, new MemoryOutbox(budget, journal), journal, deadLetterAge, account, services.Time, services.Random, journal);
    }

    private static bool TryRequeue(WebhookEvent e, OutboxIntake intake, OutboxBudget budget)
    {
        if (budget.TryTake(OutboxBudget.CostOf(e)) is not null)
            return false;
        intake.Requeue(e);
        return true;
    }
}
