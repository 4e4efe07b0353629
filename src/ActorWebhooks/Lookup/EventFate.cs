namespace ActorWebhooks.Lookup;

/// <summary>What became of an event at a webhook, as far as it is known.</summary>
internal enum EventFate
{
    /// <summary>Nothing is known of it, and there is something that was not looked through or is not kept.</summary>
    Unknown,

    Delivered,

    /// <summary>It waits for its first attempt, or for another one.</summary>
    Waiting,

    /// <summary>It is a dead letter.</summary>
    Dead,

    /// <summary>It became a dead letter, which is not there any more: it was dropped, or grew too old.</summary>
    DeadLetterGone,

    /// <summary>It was dropped by a lossy webhook.</summary>
    Dropped,

    /// <summary>It was sent and not delivered, and is nowhere now: it expired and its dead letter is gone, or it was lost.</summary>
    Gone,
}
