namespace ActorWebhooks.Delivery;

/// <summary>What becomes of a batch after an attempt. The numbers cross the network.</summary>
internal enum Decision
{
    Delivered = 0,

    /// <summary>The same batch again, after the backoff.</summary>
    Retry = 1,

    /// <summary>Each half as a batch of its own.</summary>
    Split = 2,

    /// <summary>Its one event becomes a dead letter.</summary>
    Refuse = 3,

    /// <summary>The endpoint is gone: all that is held and all that comes becomes dead letters.</summary>
    Gone = 4,

    /// <summary>Forgotten and counted, as a lossy webhook wants it.</summary>
    Drop = 5,
}
