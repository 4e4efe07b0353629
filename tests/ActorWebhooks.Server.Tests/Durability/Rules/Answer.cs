namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>How a receiver ended a request.</summary>
internal enum Answer
{
    /// <summary>200, whether or not the sender lived to read it.</summary>
    Taken,

    /// <summary>503.</summary>
    Refused,

    /// <summary>The connection was closed instead of an answer.</summary>
    Closed,

    /// <summary>None: the request broke off before its end.</summary>
    BrokenOff,
}
