namespace ActorWebhooks.DeadLetters;

/// <summary>Why an event was given up on.</summary>
internal enum DeadLetterReason
{
    /// <summary>The endpoint refused it standing alone.</summary>
    Refused,

    /// <summary>It was older than <c>discard-after</c>.</summary>
    Expired,

    /// <summary>The endpoint answered 410.</summary>
    Gone,
}
