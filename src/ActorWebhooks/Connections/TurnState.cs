namespace ActorWebhooks.Connections;

/// <summary>What a webhook has to do with the connections of its node.</summary>
internal enum TurnState
{
    None = 0,
    Waiting = 1,
    Holding = 2,

    /// <summary>It holds a connection and was asked to give it up.</summary>
    Recalled = 3,
}
