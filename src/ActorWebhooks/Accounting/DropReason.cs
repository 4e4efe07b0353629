namespace ActorWebhooks.Accounting;

/// <summary>Why an accepted event was given up without a dead letter. The numbers stand in journals.</summary>
internal enum DropReason
{
    /// <summary>The webhook is lossy and the attempt failed.</summary>
    Lossy = 0,

    /// <summary>The webhook is lossy and its outbox was full.</summary>
    Overflow = 1,

    /// <summary>The webhook stopped with it still waiting, and nothing but memory held it.</summary>
    Stopped = 2,

    /// <summary>A dead letter that had to make room for later ones.</summary>
    DeadLetterOverflow = 3,

    /// <summary>A dead letter that the operator dropped.</summary>
    Discarded = 4,

    /// <summary>A dead letter that had been kept for as long as dead letters are.</summary>
    DeadLetterExpired = 5,

    /// <summary>It stood in a row of the journal that is missing or damaged.</summary>
    Unreadable = 6,
}
