namespace ActorWebhooks.Server.Intake;

/// <summary>What a connection waits for.</summary>
internal enum SeatState
{
    /// <summary>For a request, or the rest of its head.</summary>
    Idle,

    /// <summary>For the body of a request.</summary>
    Receiving,

    /// <summary>For this server to answer.</summary>
    Working,
}
