namespace ActorWebhooks.Connections;

/// <summary>What is expected of the next attempt of a webhook, from what its latest one was like.</summary>
internal enum ConnectionClass
{
    /// <summary>It was answered within <c>actor-webhooks.http.slow-after</c>.</summary>
    Prompt = 0,

    /// <summary>There was none yet, or it failed quickly, or it was slow and the one before it was not.</summary>
    Unproven = 1,

    /// <summary>It was answered later than that, or broken off for others.</summary>
    Slow = 2,

    /// <summary>It had no answer, for longer than that.</summary>
    Hanging = 3,
}
