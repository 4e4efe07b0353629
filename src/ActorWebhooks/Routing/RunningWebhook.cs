using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using Akka.Actor;

namespace ActorWebhooks.Routing;

/// <summary>All that the supervisor has of one webhook.</summary>
internal sealed class RunningWebhook(
    WebhookDefinition definition, IActorRef actor, WebhookMachine machine, WebhookTarget target, OutboxBudget budget)
{
    public WebhookDefinition Definition { get; set; } = definition;

    public IActorRef Actor => actor;

    public WebhookTarget Target => target;

    public WebhookPresence Presence { get; set; } = WebhookPresence.Listening;

    /// <summary>Whether nothing is on its way to it, in its mailbox or in its outbox.</summary>
    public bool IsEmpty => budget.UsedBytes == 0;

    /// <summary>Gives up what it still holds. Only once its actor is no more.</summary>
    public int Abandon() => machine.Abandon();
}
