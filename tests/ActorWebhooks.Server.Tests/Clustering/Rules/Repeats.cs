using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>Deliveries of events that were delivered before, and that no sender had sent so often.</summary>
internal static class Repeats
{
    /// <param name="posts">All that were sent to the webhook.</param>
    /// <param name="arrivals">Of one webhook.</param>
    public static int Count(IReadOnlyDictionary<EventKey, Post> posts, ImmutableArray<Arrival> arrivals) => arrivals
        .Where(arrival => arrival.Answer == Answer.Taken)
        .SelectMany(arrival => arrival.Events)
        .CountBy(key => key)
        .Sum(count => Math.Max(0, count.Value - Math.Max(1, posts.GetValueOrDefault(count.Key)?.MostTakes ?? 1)));
}
