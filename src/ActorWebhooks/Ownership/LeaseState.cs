namespace ActorWebhooks.Ownership;

/// <summary>Whether a node may act as the owner of its webhooks.</summary>
internal enum LeaseState
{
    /// <summary>No other node can have taken its webhooks over yet.</summary>
    Held,

    /// <summary>The node has not been confirmed for too long: another node may have taken over. It must not send until it is confirmed again.</summary>
    Expired,

    /// <summary>Another node has taken over for good. This one does not come back.</summary>
    Lost,
}
