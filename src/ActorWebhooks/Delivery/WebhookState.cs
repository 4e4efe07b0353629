namespace ActorWebhooks.Delivery;

/// <summary>What a webhook is doing.</summary>
internal enum WebhookState
{
    Idle,

    /// <summary>Events gather for the rest of the throttle window.</summary>
    Waiting,

    Sending,

    BackingOff,
}
