namespace ActorWebhooks.Lookup;

/// <summary>Where an event is in the outbox. The numbers cross the network.</summary>
internal enum EventPlace
{
    NotFound = 0,

    /// <summary>Its batch is being sent, or waits for its next attempt.</summary>
    InBatch = 1,

    Waiting = 2,
}
