namespace ActorWebhooks.Server.Api;

/// <summary>The bounds of one request.</summary>
/// <param name="MaxEventBytes">Of the data of one event (<c>actor-webhooks.max-event-bytes</c>).</param>
/// <param name="MaxEvents">In one request.</param>
internal sealed record EventLimits(long MaxEventBytes, int MaxEvents = 100_000);
