using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>All that was seen from outside of nodes to which something was done.</summary>
/// <param name="Arrivals">In the order in which they began.</param>
/// <param name="Remainders">What the webhooks say at the end.</param>
/// <param name="Fault">What was done to a node; null when no node lost its webhooks without being asked.</param>
/// <param name="Steady">From when on all webhooks should have been served, unless a take-over says otherwise.</param>
/// <param name="LoadEnded">When the senders ended.</param>
internal sealed record Observation(
    ImmutableArray<SentPost> Posts,
    ImmutableArray<Arrival> Arrivals,
    ImmutableArray<Remainder> Remainders,
    Fault? Fault,
    long Steady,
    long LoadEnded)
{
    private readonly ILookup<string, Arrival> _byWebhook = Arrivals.ToLookup(arrival => arrival.Webhook);

    /// <summary>Accepted events that a documented limit allows to be lost, as when their node kept them in memory.</summary>
    public Predicate<SentPost> MayBeLost { get; init; } = _ => false;

    /// <summary>The lives whose lease expired.</summary>
    public ImmutableHashSet<int> WithoutLease { get; init; } = [];

    /// <summary>
    /// The take-over of a node: the first request of a new owner of any of its webhooks. No webhook may be silent for long from then on.
    /// </summary>
    public long SilenceFrom => Hooks.Ids
        .Select(id => TakeOver.Of(ArrivalsOf(id), Fault)?.At)
        .Min() ?? Steady;

    public ImmutableArray<Arrival> ArrivalsOf(string webhook) => [.. _byWebhook[webhook]];

    public ImmutableArray<SentPost> PostsFor(string webhook) => [.. Posts.Where(sent => sent.Webhook is null || sent.Webhook == webhook)];
}
