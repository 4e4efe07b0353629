using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Routing;

/// <summary>What stands behind the actor of a live webhook, and outlives its restarts.</summary>
internal sealed record LiveWebhook(WebhookMachine Machine, OutboxIntake Intake, OutboxBudget Budget)
{
    /// <summary>What waits, in memory and in the journal. Read from any thread.</summary>
    public OutboxUse ReadUse()
    {
        var behind = Machine.Journal?.OnlyInJournal ?? default;
        return new OutboxUse(Budget.UsedEvents + behind.Events, Budget.UsedBytes + behind.Bytes);
    }
}
