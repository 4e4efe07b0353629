using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>All that the supervisor has of one webhook.</summary>
internal abstract class RunningWebhook
{
    /// <param name="actor">What the supervisor talks to.</param>
    protected RunningWebhook(IActorRef actor, WebhookTarget target, WebhookDefinition definition)
    {
        (Actor, Target, Definition) = (actor, target, definition);
        Target.Open(definition.Lossy);
    }

    public string Id => Definition.Id;

    public WebhookDefinition Definition { get; private set; }

    public IActorRef Actor { get; }

    public WebhookTarget Target { get; }

    public WebhookPresence Presence { get; set; } = WebhookPresence.Listening;

    /// <summary>Whether nothing is on its way to it, in its mailbox or in its outbox.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>Listens, by another definition than before.</summary>
    public void Change(WebhookDefinition definition)
    {
        Presence = WebhookPresence.Listening;
        Definition = definition;
        Target.Open(definition.Lossy);
        Actor.Tell(new ReconfigureWebhook(definition));
    }

    /// <summary>Gives up what nothing but memory holds, in its mailbox too. Only once its actor is no more.</summary>
    public abstract void Abandon(ILoggingAdapter log);
}
