namespace ActorWebhooks.Server.Tests.Durability.Harness;

/// <summary>What a server is in the middle of when it is killed.</summary>
internal enum KillKind
{
    /// <summary>Before or just when it listens.</summary>
    Starting,

    /// <summary>A producer has read a 202.</summary>
    Accepted,

    /// <summary>A receiver has a request and answers it 200 when the server is dead.</summary>
    Unanswered,

    /// <summary>A receiver answers a request 200.</summary>
    Answered,
}
