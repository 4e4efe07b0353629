using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>The first deliveries of a sender's events are in the order in which it sent them, whichever nodes delivered them.</summary>
internal static class OrderAcrossNodes
{
    public static IEnumerable<string> Broken(Observation seen, string webhook)
    {
        var arrivals = ImmutableArray.CreateBuilder<Arrival>();
        var (life, on) = (0, -1);
        foreach (var arrival in BrokenOff.Joined(seen.ArrivalsOf(webhook), seen.WithoutLease))
        {
            // The rule wants lives in order; each change of the node counts as one.
            if (arrival.Life != on)
                (life, on) = (life + 1, arrival.Life);
            arrivals.Add(arrival with { Life = life });
        }

        return OrderIsKept.Broken(
            new History([.. seen.PostsFor(webhook).Select(sent => WithFault(sent, seen.Fault))], arrivals.ToImmutable(), [], []), webhook);
    }

    // What was under way then may have been taken without its sender having been told.
    private static Post WithFault(SentPost sent, Fault? fault) =>
        fault is not null && sent.IsUnderWayAt(fault) ? sent.Post with { Cuts = sent.Post.Cuts + 1 } : sent.Post;
}
