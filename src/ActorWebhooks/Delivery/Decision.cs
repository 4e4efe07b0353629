namespace ActorWebhooks.Delivery;

/// <summary>What becomes of a batch after an attempt.</summary>
internal enum Decision
{
    Delivered,

    /// <summary>The same batch again, after the backoff.</summary>
    Retry,
}
