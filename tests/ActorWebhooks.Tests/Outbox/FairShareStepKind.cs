namespace ActorWebhooks.Tests.Outbox;

/// <summary>What happens to a webhook.</summary>
internal enum FairShareStepKind
{
    /// <summary>An event comes.</summary>
    Take,

    /// <summary>Events come until one is refused.</summary>
    Fill,

    /// <summary>Some events leave it, such as those that are too old.</summary>
    Drain,

    /// <summary>The endpoint takes everything.</summary>
    Deliver,

    /// <summary>An attempt fails.</summary>
    Fail,
}
