namespace ActorWebhooks.Connections;

/// <summary>What is expected of the next attempt of a webhook, from what its latest one was like.</summary>
internal enum ConnectionClass
{
    /// <summary>It was answered within <c>actor-webhooks.http.slow-after</c>.</summary>
    Prompt = 0,

    /// <summary>There was none yet, or it failed quickly.</summary>
    Unproven = 1,

    /// <summary>It took longer than <c>actor-webhooks.http.slow-after</c>, answered or not.</summary>
    Slow = 2,
}
