namespace ActorWebhooks.Delivery;

/// <summary>What becomes of a batch after an attempt.</summary>
internal enum Decision
{
    Delivered,

    /// <summary>The same batch again, after the backoff.</summary>
    Retry,

    /// <summary>Each half as a batch of its own.</summary>
    Split,

    /// <summary>Its one event becomes a dead letter.</summary>
    Refuse,

    /// <summary>The endpoint is gone: all that is held and all that comes becomes dead letters.</summary>
    Gone,

    /// <summary>Forgotten and counted, as a lossy webhook wants it.</summary>
    Drop,
}
