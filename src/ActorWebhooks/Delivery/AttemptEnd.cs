namespace ActorWebhooks.Delivery;

/// <summary>What ended an attempt. The numbers cross the network.</summary>
internal enum AttemptEnd
{
    Response = 0,
    NetworkError = 1,
    TlsError = 2,
    Timeout = 3,

    /// <summary>A fault in the engine itself; the log has its stack.</summary>
    Fault = 4,

    /// <summary>The node took the connection for another webhook that waited. Says nothing of the endpoint but that it was slow.</summary>
    BrokenOff = 5,

    /// <summary>The node had no handle, port or memory for a connection. Says nothing of the endpoint.</summary>
    NodeTrouble = 6,

    /// <summary>The endpoint is where webhooks of this node do not connect to.</summary>
    TargetRefused = 7,
}
