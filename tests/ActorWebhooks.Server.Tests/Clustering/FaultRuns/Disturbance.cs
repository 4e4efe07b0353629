using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Clustering.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>What was done to a cluster in a run.</summary>
/// <param name="Fault">The node that failed without being asked; null when none did.</param>
/// <param name="Steady">From when on all webhooks should be served again, unless a take-over says otherwise.</param>
internal sealed record Disturbance(Fault? Fault, long Steady)
{
    /// <summary>Accepted events that a documented limit allows to be lost.</summary>
    public Predicate<SentPost> MayBeLost { get; init; } = _ => false;

    /// <summary>Events that were accepted besides those of the senders.</summary>
    public IReadOnlyList<SentPost> MorePosts { get; init; } = [];

    /// <summary>What else must hold at the end; each text tells what does not.</summary>
    public Func<Observation, IEnumerable<string>> Check { get; init; } = _ => [];
}
