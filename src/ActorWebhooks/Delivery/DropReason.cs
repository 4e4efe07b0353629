namespace ActorWebhooks.Delivery;

/// <summary>Why an accepted event was given up without a dead letter.</summary>
internal enum DropReason
{
    /// <summary>The webhook is lossy and the attempt failed.</summary>
    Lossy,

    /// <summary>The webhook is lossy and its outbox was full.</summary>
    Overflow,

    /// <summary>The webhook stopped with it still waiting, and nothing but memory held it.</summary>
    Stopped,

    /// <summary>A dead letter that had to make room for later ones.</summary>
    DeadLetterOverflow,

    /// <summary>A dead letter that the operator dropped.</summary>
    Discarded,
}
