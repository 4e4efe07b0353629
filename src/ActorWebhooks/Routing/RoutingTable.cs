using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.Matching;
using ActorWebhooks.Publishing;
using ActorWebhooks.Telemetry;
using Akka.Actor;
using Akka.Routing;

namespace ActorWebhooks.Routing;

/// <summary>
/// The compiled patterns of one configuration and the webhooks behind them. Immutable, but for what it remembers of past matches.
/// </summary>
internal sealed class RoutingTable : Routee
{
    private readonly PatternMatcher _matcher;
    private readonly ImmutableArray<WebhookTarget> _targets;
    private readonly RoutingLimits _limits;
    private readonly WebhookMetrics _metrics;
    private readonly MatchCache<EventRoute> _routes;
    private readonly SharedRoutes _routesByTargets = new();

    /// <param name="definitions">The webhooks that run.</param>
    /// <param name="targets">One for each of <paramref name="definitions"/>, in the same order.</param>
    public RoutingTable(
        ImmutableArray<WebhookDefinition> definitions,
        ImmutableArray<WebhookTarget> targets,
        RoutingLimits limits,
        WebhookMetrics metrics)
    {
        _matcher = PatternMatcher.Compile([.. definitions.Select(definition => definition.Events)]);
        _targets = targets;
        _limits = limits;
        _metrics = metrics;
        _routes = new MatchCache<EventRoute>(limits.MatchCacheEntries);
    }

    public EventRoute RouteOf(WebhookEvent e) => _routes.GetOrAdd(e.Type, this, static (type, table) => table.Match(type));

    public override void Send(object message, IActorRef sender)
    {
        switch (message)
        {
            case WebhookEvent e:
                RouteOf(e).Send(e, null);
                break;

            case WebhookEvents many:
                foreach (var e in many.Events)
                    RouteOf(e).Send(e, null);
                break;

            case Publication publication:
                foreach (var e in publication.Events)
                {
                    if (publication.IsCancelled)
                        break;
                    RouteOf(e).Send(e, publication.Receipt);
                }

                publication.Receipt.Close();
                break;
        }
    }

    private EventRoute Match(string type) => _routesByTargets.GetOrAdd(_matcher.Match(type), Route);

    private EventRoute Route(ImmutableArray<int> matches)
    {
        var targets = new WebhookTarget[matches.Length];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = _targets[matches[i]];
        return new EventRoute(targets, _limits.MaxEventBytes, _metrics);
    }
}
