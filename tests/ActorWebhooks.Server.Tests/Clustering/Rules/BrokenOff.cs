using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>
/// A node whose lease expires breaks off its requests, which the receiver may have taken all the same. Each comes again at once as the same
/// batch, which is how at-least-once delivery looks, and breaks no order.
/// </summary>
internal static class BrokenOff
{
    /// <summary>The requests without those that repeat the one before them because their node broke that off.</summary>
    /// <param name="arrivals">Of one webhook, in the order in which they began.</param>
    /// <param name="withoutLease">The lives whose lease expired.</param>
    public static IEnumerable<Arrival> Joined(IEnumerable<Arrival> arrivals, ImmutableHashSet<int> withoutLease)
    {
        Arrival? before = null;
        foreach (var arrival in arrivals)
        {
            if (before is null || !withoutLease.Contains(arrival.Life) || !IsSame(before, arrival))
                yield return arrival;
            before = arrival;
        }
    }

    private static bool IsSame(Arrival before, Arrival arrival) =>
        (before.Answer, before.Life, before.BatchId) == (Answer.Taken, arrival.Life, arrival.BatchId) && before.Events.SequenceEqual(arrival.Events);
}
