namespace ActorWebhooks.Delivery;

/// <summary>What ended an attempt.</summary>
internal enum AttemptEnd
{
    Response,
    NetworkError,
    TlsError,
    Timeout,

    /// <summary>A fault in the engine itself; the log has its stack.</summary>
    Fault,
}
