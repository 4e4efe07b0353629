using System.Collections.Immutable;
using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Ownership;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Routing;

/// <summary>The webhooks of a node by itself: each has its actor under the supervisor.</summary>
/// <param name="lease">Lost when another node claims the journal; null when the node does not claim it as a whole.</param>
internal sealed class LocalWebhooks(
    LiveWebhookFactory factory, JournalOpening? opening, StandaloneLease? lease, WebhookServices services, ILoggingAdapter log) : IWebhookStarter
{
    // No escaped webhook id begins like these.
    private const string JournalName = "=journal";
    private const string OwnerName = "=owner";

    private readonly RefusalNotice _nodeNotice = new(null, log, services.Time);
    private IActorRef _journal = ActorRefs.Nobody;

    public ImmutableArray<string> Warnings => [];

    public bool RestartsDisplaced => lease is { State: LeaseState.Held };

    public void Begin(IActorContext supervisor)
    {
        if (opening is null)
            return;
        _journal = supervisor.ActorOf(
            ActorFactory.Props(() => new JournalActor(opening.Open, opening.Timeout, new JournalWatch(services.Time, services.Random))), JournalName);
        if (lease is null)
            return;
        var journal = _journal;
        supervisor.ActorOf(ActorFactory.Props(() => new NodeClaimActor(journal, services.Owner.Name, lease, services.Time)), OwnerName);
    }

    public RunningWebhook Start(IActorContext supervisor, WebhookDefinition definition)
    {
        var live = factory.Create(definition);
        var (machine, journal) = (live.Machine, _journal);
        var actor = supervisor.ActorOf(
            ActorFactory.Props(() => new WebhookActor(machine, services, journal)), Uri.EscapeDataString(definition.Id));
        supervisor.Watch(actor);
        var target = new WebhookTarget(
            definition.Id,
            actor,
            live.Intake,
            live.Budget,
            factory.IsDurable,
            services.Metrics,
            new RefusalNotice(definition.Id, log, services.Time),
            _nodeNotice);
        return new LocalWebhook(actor, live, target, services.Metrics);
    }

    public void Configure(IReadOnlyDictionary<string, WebhookDefinition> definitions)
    {
    }
}
