using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Outbox;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>Makes what stands behind the actors of live webhooks, and has what those of a node share.</summary>
internal sealed class LiveWebhookFactory(
    OutboxLimits outboxLimits, DeadLetterLimits deadLetterLimits, JournalLimits? journalLimits, WebhookServices services, ILoggingAdapter log)
{
    private readonly NodeBudget _nodeBudget = new(outboxLimits.MaxNodeBytes);
    private readonly NodeBudget _nodeDurableBudget = new(journalLimits?.MaxNodeBytes ?? 0);
    private readonly AcceptanceClock _clock = new(services.Time);
    private readonly JournalNotice _journalNotice = new(log);

    public bool IsDurable => journalLimits is not null;

    public LiveWebhook Create(WebhookDefinition definition)
    {
        var budget = new OutboxBudget(outboxLimits.MaxBytes, _nodeBudget);
        var intake = new OutboxIntake(_clock);
        return new LiveWebhook(CreateMachine(definition, intake, budget), intake, budget);
    }

    private WebhookMachine CreateMachine(WebhookDefinition definition, OutboxIntake intake, OutboxBudget budget)
    {
        var account = new WebhookAccount(definition.Id, services.Metrics);
        var deadLetterAge = deadLetterLimits.MaxAge;
        if (journalLimits is not { } limits)
        {
            var outbox = new MemoryOutbox(budget, intake);
            var deadLetters = new MemoryDeadLetters(deadLetterLimits, e => TryRequeue(e, intake, budget));
            return new WebhookMachine(definition, outbox, deadLetters, deadLetterAge, account, services.Time, services.Random, services.Owner.Lease);
        }

        var journal = new WebhookJournal(
            new JournalIds(definition.Id), intake, budget, _nodeBudget, _nodeDurableBudget, account, _journalNotice, limits, deadLetterLimits,
            services.Owner, services.Time);
        return new WebhookMachine(
            definition, new MemoryOutbox(budget, journal), journal, deadLetterAge, account, services.Time, services.Random, services.Owner.Lease,
            journal);
    }

    private static bool TryRequeue(WebhookEvent e, OutboxIntake intake, OutboxBudget budget)
    {
        if (budget.TryTake(OutboxBudget.CostOf(e)) is not null)
            return false;
        intake.Requeue(e);
        return true;
    }
}
