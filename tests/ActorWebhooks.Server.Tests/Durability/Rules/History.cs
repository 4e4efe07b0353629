using System.Collections.Immutable;

namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>All that can be seen of a server from outside, over all its lives. Every webhook listens to every event.</summary>
/// <param name="Posts">Of each producer in the order in which they were sent.</param>
/// <param name="Killed">The lives that ended by SIGKILL.</param>
internal sealed record History(
    ImmutableArray<Post> Posts, ImmutableArray<Arrival> Arrivals, ImmutableArray<Remainder> Remainders, ImmutableHashSet<int> Killed)
{
    /// <summary>What a webhook delivered, in order.</summary>
    public IEnumerable<Arrival> TakenBy(string webhook) => Of(webhook).Where(arrival => arrival.Answer == Answer.Taken);

    // A request of a dead server may still be read when the next one has begun to send.
    public IEnumerable<Arrival> Of(string webhook) => Arrivals
        .Where(arrival => arrival.Webhook == webhook)
        .OrderBy(arrival => arrival.Life)
        .ThenBy(arrival => arrival.Begun);

    /// <summary>Each request of a webhook and the next of the same life.</summary>
    public IEnumerable<(Arrival Before, Arrival Next)> NeighboursOf(string webhook) => Of(webhook)
        .Zip(Of(webhook).Skip(1), (before, next) => (before, next))
        .Where(pair => pair.before.Life == pair.next.Life);

    public Dictionary<EventKey, Post> PostOf() =>
        Posts.SelectMany(post => post.Events, (post, key) => (post, key)).ToDictionary(pair => pair.key, pair => pair.post);
}
