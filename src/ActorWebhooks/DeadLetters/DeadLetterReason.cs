namespace ActorWebhooks.DeadLetters;

/// <summary>Why an event was given up on. The numbers stand in journals.</summary>
internal enum DeadLetterReason
{
    /// <summary>The endpoint refused it standing alone.</summary>
    Refused = 0,

    /// <summary>It was older than <c>discard-after</c>.</summary>
    Expired = 1,

    /// <summary>The endpoint answered 410.</summary>
    Gone = 2,

    /// <summary>A row of the journal is damaged; this letter is what is left of its events, and is not sent.</summary>
    Unreadable = 3,

    /// <summary>The endpoint failed because of it, again and again, and took others meanwhile.</summary>
    Poisonous = 4,
}
