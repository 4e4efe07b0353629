namespace ActorWebhooks.Delivery;

/// <summary>What a webhook is doing.</summary>
internal enum WebhookState
{
    /// <summary>The journal has not said yet what waits in it.</summary>
    Starting,

    Idle,

    /// <summary>Events gather for the rest of the throttle window.</summary>
    Waiting,

    Sending,

    BackingOff,

    /// <summary>An operator said so; nothing is sent until he says otherwise.</summary>
    Paused,

    /// <summary>The endpoint answered 410; events become dead letters until an operator resumes or the configuration changes.</summary>
    Gone,

    /// <summary>Removed or stopping: sends what it holds without waiting for windows.</summary>
    Draining,

    /// <summary>In a cluster: it did not answer in time, as when the node that it lived on was lost. Its numbers are not known.</summary>
    Unreachable,
}
