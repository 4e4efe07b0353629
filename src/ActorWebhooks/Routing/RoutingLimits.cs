namespace ActorWebhooks.Routing;

/// <summary>The bounds of routing.</summary>
/// <param name="MaxEventBytes">Of the request that sends one event alone.</param>
/// <param name="MatchCacheEntries">Event types whose matches are remembered.</param>
internal sealed record RoutingLimits(long MaxEventBytes, int MatchCacheEntries);
