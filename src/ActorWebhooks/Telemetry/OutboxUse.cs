namespace ActorWebhooks.Telemetry;

/// <summary>What waits for one webhook.</summary>
/// <param name="Bytes">With what events take besides their own.</param>
internal readonly record struct OutboxUse(long Events, long Bytes);
