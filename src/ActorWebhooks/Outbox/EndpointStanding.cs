namespace ActorWebhooks.Outbox;

/// <summary>Whether memory that a webhook takes now is likely to be given back soon.</summary>
internal enum EndpointStanding
{
    /// <summary>No attempt has ended yet.</summary>
    Unknown,

    /// <summary>The latest attempt succeeded, or the journal takes events off memory.</summary>
    Delivers,

    /// <summary>The latest attempt failed, or the webhook is paused or gone.</summary>
    Fails,
}
