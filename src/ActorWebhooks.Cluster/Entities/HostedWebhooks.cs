using System.Collections.Concurrent;
using System.Collections.Frozen;
using ActorWebhooks.Cluster.Membership;
using ActorWebhooks.Cluster.Telemetry;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>What the webhooks that live on a node share. Sharding makes their actors, on its own threads.</summary>
internal sealed class HostedWebhooks(LiveWebhookFactory factory, WebhookServices services, HopMetrics metrics, EntityTimes times, Hosts hosts)
{
    private readonly ConcurrentDictionary<string, IActorRef> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Pace> _asleep = new(StringComparer.Ordinal);
    private volatile bool _drainsAtStart;
    private volatile IReadOnlyDictionary<string, WebhookDefinition> _definitions = FrozenDictionary<string, WebhookDefinition>.Empty;

    public LiveWebhookFactory Factory => factory;

    public WebhookServices Services => services;

    public HopMetrics Metrics => metrics;

    public EntityTimes Times => times;

    public Hosts Hosts => hosts;

    /// <summary>The node's door to its journal; nobody if webhooks are in memory alone.</summary>
    public IActorRef Journal { get; set; } = ActorRefs.Nobody;

    /// <summary>The router of the node.</summary>
    public IActorRef Router { get; set; } = ActorRefs.Nobody;

    /// <summary>Who sees to it that webhooks with events in the journal live; nobody if there is none.</summary>
    public IActorRef Waker { get; set; } = ActorRefs.Nobody;

    /// <summary>Whether all nodes stop, so that webhooks that come from others send at once what they have.</summary>
    public bool DrainsAtStart
    {
        get => _drainsAtStart;
        set => _drainsAtStart = value;
    }

    /// <summary>The webhooks that this node can host.</summary>
    public IReadOnlyDictionary<string, WebhookDefinition> Definitions => _definitions;

    public ICollection<IActorRef> Live => _live.Values;

    /// <summary>Another configuration holds from now on.</summary>
    public void Configure(IReadOnlyDictionary<string, WebhookDefinition> definitions)
    {
        _definitions = definitions;
        foreach (var (id, entity) in _live)
            entity.Tell(new DefinitionChanged(definitions.GetValueOrDefault(id)));
        Waker.Tell(DefinitionsChanged.Instance);
    }

    /// <summary>Whether a webhook is configured here, or has not come to its end since it was.</summary>
    public bool Knows(string id) => _definitions.ContainsKey(id) || _live.ContainsKey(id);

    /// <returns>What it is configured with; null when it is not.</returns>
    public WebhookDefinition? Enter(string id, IActorRef entity)
    {
        // Whoever configures after this tells the entity.
        _live[id] = entity;
        return _definitions.GetValueOrDefault(id);
    }

    public void Leave(string id, IActorRef entity) => _live.TryRemove(new KeyValuePair<string, IActorRef>(id, entity));

    /// <summary>A webhook sleeps on this node.</summary>
    /// <param name="pace">When its latest flush and attempt began.</param>
    public void Sleep(string id, Pace pace) => _asleep[id] = pace;

    /// <returns>Whether the webhook slept on this node.</returns>
    public bool Wake(string id, out Pace pace) => _asleep.TryRemove(id, out pace);
}
