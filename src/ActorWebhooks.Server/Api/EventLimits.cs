namespace ActorWebhooks.Server.Api;

/// <summary>What one request may bring.</summary>
/// <param name="MaxEventBytes">Of the request that sends one event alone (<c>actor-webhooks.max-event-bytes</c>).</param>
/// <param name="MaxEvents">Of one request.</param>
internal readonly record struct EventLimits(long MaxEventBytes, int MaxEvents = 100_000)
{
    public const long DefaultMaxEventBytes = 256 * 1024;

    /// <summary>Of one request body.</summary>
    public const int MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>As deep as the engine takes.</summary>
    public const int MaxDataDepth = 64;
}
