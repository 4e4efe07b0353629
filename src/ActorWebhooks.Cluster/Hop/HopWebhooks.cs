using System.Collections.Immutable;
using ActorWebhooks.Actors;
using ActorWebhooks.Cluster.Configuration;
using ActorWebhooks.Cluster.Entities;
using ActorWebhooks.Cluster.Telemetry;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Routing;
using Akka.Actor;
using Akka.Event;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>The webhooks of a cluster, as a node has them: each has its courier under the supervisor.</summary>
/// <param name="region">What finds webhooks.</param>
/// <param name="hosted">Those that live on this node; null when none do.</param>
/// <param name="drift">What is known of the other hosts' configuration; null when this is none.</param>
internal sealed class HopWebhooks(
    IActorRef region,
    HostedWebhooks? hosted,
    ConfigurationDrift? drift,
    OutboxLimits outboxLimits,
    HopLimits hopLimits,
    WebhookServices services,
    HopMetrics metrics,
    ILoggingAdapter log) : IWebhookStarter
{
    private readonly NodeBudget _nodeBudget = new(outboxLimits.MaxNodeBytes);
    private readonly AcceptanceClock _clock = new(services.Time);
    private readonly RefusalNotice _nodeNotice = new(null, log, services.Time);

    public ImmutableArray<string> Warnings => drift?.Warnings ?? [];

    public bool RestartsDisplaced => false;

    public void Begin(IActorContext supervisor)
    {
    }

    public RunningWebhook Start(IActorContext supervisor, WebhookDefinition definition)
    {
        var budget = new OutboxBudget(outboxLimits.MaxBytes, _nodeBudget);
        var intake = new OutboxIntake(_clock);
        var stream = services.Random.NextInt64();
        var hop = new HopSender(definition.Id, stream, intake, budget, hopLimits, metrics, services.Time);
        var courier = supervisor.ActorOf(
            ActorFactory.Props(() => new CourierActor(hop, definition, region)), Uri.EscapeDataString(definition.Id));
        supervisor.Watch(courier);
        var target = new WebhookTarget(
            definition.Id,
            courier,
            intake,
            budget,
            holdsReceipts: true,
            services.Metrics,
            new RefusalNotice(definition.Id, log, services.Time),
            _nodeNotice);
        return new HopWebhook(courier, definition, target, hop, budget, services.Metrics, metrics);
    }

    public void Configure(IReadOnlyDictionary<string, WebhookDefinition> definitions)
    {
        hosted?.Configure(definitions);
        drift?.Configure(definitions);
    }
}
