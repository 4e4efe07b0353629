using Akka.Actor;

namespace ActorWebhooks.Cluster.Membership;

/// <summary>Which nodes have answered which round of requests. A round counts from when it was asked, however late its answers come.</summary>
internal sealed class LeaseRounds(TimeProvider time)
{
    private const int MostRounds = 16;

    private readonly Queue<Round> _rounds = new();
    private long _latest;

    /// <summary>A round begins; the node itself is one of those that agree.</summary>
    /// <param name="others">The other nodes that are asked.</param>
    /// <returns>Its number; and when that is all that it takes, when it began.</returns>
    public (long Number, (long Timestamp, DateTimeOffset Utc)? Confirmed) Begin(IReadOnlyCollection<Address> others)
    {
        if (_rounds.Count == MostRounds)
            _rounds.Dequeue();
        var round = new Round(++_latest, time.GetTimestamp(), time.GetUtcNow(), [.. others]);
        _rounds.Enqueue(round);
        return (_latest, Confirmed(round));
    }

    /// <summary>A node has answered.</summary>
    /// <returns>When the round began, if the majority has answered it; else null.</returns>
    public (long Timestamp, DateTimeOffset Utc)? Grant(long number, Address node)
    {
        foreach (var round in _rounds)
        {
            if (round.Number == number && round.Asked.Contains(node))
            {
                round.Granted.Add(node);
                return Confirmed(round);
            }
        }

        return null;
    }

    private static (long Timestamp, DateTimeOffset Utc)? Confirmed(Round round)
    {
        var nodes = round.Asked.Count + 1;
        return (round.Granted.Count + 1) * 2 > nodes ? (round.Timestamp, round.Utc) : null;
    }

    private sealed record Round(long Number, long Timestamp, DateTimeOffset Utc, HashSet<Address> Asked)
    {
        public HashSet<Address> Granted { get; } = [];
    }
}
