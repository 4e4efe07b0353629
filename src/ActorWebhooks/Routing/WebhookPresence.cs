namespace ActorWebhooks.Routing;

/// <summary>How far a webhook is on its way out.</summary>
internal enum WebhookPresence
{
    Listening,

    /// <summary>Not configured any more; it delivers what it holds.</summary>
    Leaving,

    /// <summary>Its actor is being stopped.</summary>
    Stopping,
}
