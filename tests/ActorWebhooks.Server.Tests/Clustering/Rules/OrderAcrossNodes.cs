using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>The first deliveries of a sender's events are in the order in which it sent them, whichever nodes delivered them.</summary>
internal static class OrderAcrossNodes
{
    public static IEnumerable<string> Broken(Observation seen, string webhook)
    {
        var arrivals = ImmutableArray.CreateBuilder<Arrival>();
        var (life, on) = (0, -1);
        foreach (var arrival in seen.ArrivalsOf(webhook))
        {
            // The rule wants lives in order; each change of the node counts as one.
            if (arrival.Life != on)
                (life, on) = (life + 1, arrival.Life);
            arrivals.Add(arrival with { Life = life });
        }

        return OrderIsKept.Broken(
            new History([.. seen.PostsFor(webhook).Select(sent => sent.Post)], arrivals.ToImmutable(), [], []), webhook);
    }
}
