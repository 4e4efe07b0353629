namespace ActorWebhooks.Readiness;

/// <summary>What can keep a node from accepting events. Each has at most one reason at a time, so the reasons are bounded.</summary>
internal enum ReadinessCondition
{
    /// <summary>The journal does not write.</summary>
    JournalWrites,

    /// <summary>Another node owns what this node would write.</summary>
    Ownership,

    /// <summary>The file or table behind the journal is gone or is another one.</summary>
    Storage,

    /// <summary>Nobody says where webhooks live in the cluster.</summary>
    Coordinator,

    /// <summary>The same, for events and questions that go to webhooks from this node.</summary>
    CoordinatorOfProxy,
}
