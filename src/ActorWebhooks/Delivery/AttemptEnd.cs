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
}
