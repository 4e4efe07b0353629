namespace ActorWebhooks.Journal.Epochs;

/// <summary>How far a claim of ownership is.</summary>
internal enum ClaimOutcome
{
    UnderWay,

    /// <summary>The webhook is owned by this process.</summary>
    Claimed,

    /// <summary>The journal has changed since it was read, so it has to be read again.</summary>
    Outdated,
}
