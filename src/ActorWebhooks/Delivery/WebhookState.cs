namespace ActorWebhooks.Delivery;

/// <summary>What a webhook is doing. The numbers cross the network.</summary>
internal enum WebhookState
{
    /// <summary>The journal has not said yet what waits in it.</summary>
    Starting = 0,

    Idle = 1,

    /// <summary>Events gather for the rest of the throttle window.</summary>
    Waiting = 2,

    Sending = 3,

    BackingOff = 4,

    /// <summary>An operator said so; nothing is sent until he says otherwise.</summary>
    Paused = 5,

    /// <summary>The endpoint answered 410; events become dead letters until an operator resumes or the configuration changes.</summary>
    Gone = 6,

    /// <summary>Removed or stopping: sends what it holds without waiting for windows.</summary>
    Draining = 7,

    /// <summary>
    /// In a cluster: it did not answer in time, as when the node that it lived on was lost, or where it would live it is not configured. Its
    /// numbers are not known.
    /// </summary>
    Unreachable = 8,

    /// <summary>It could send, and all connections of the node that it may have are in use by others.</summary>
    WaitingForConnection = 9,

    /// <summary>Another process owns the webhook now. This one takes nothing for it and sends nothing.</summary>
    NotOwner = 10,

    /// <summary>The endpoint is where webhooks of this node do not connect to; it is tried again seldom, as its address may change.</summary>
    TargetRefused = 11,
}
