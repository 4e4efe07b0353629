using System.Collections.Immutable;
using System.Diagnostics;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>
/// Two flushes of a webhook never start closer than its throttle. A receiver sees late when a request was begun, but a flush did not start
/// before the latest of its events was sent, nor after its first request came: what is told is certain.
/// </summary>
internal static class ThrottleIsKept
{
    /// <param name="arrivals">Of one webhook, in order.</param>
    public static IEnumerable<string> Broken(TimeSpan throttle, ImmutableArray<Arrival> arrivals, IEnumerable<SentPost> posts)
    {
        var sent = posts.SelectMany(post => post.Post.Events, (post, key) => (key, post.Begun)).ToDictionary();
        Arrival? flush = null;
        var startsAfter = 0L;
        foreach (var arrival in arrivals.Where(arrival => arrival.Events.Length > 0))
        {
            var newest = arrival.Events.Max(key => sent[key]);

            // Else it may be another batch of the same flush.
            if (flush is not null && newest <= flush.Begun)
                continue;
            if (flush is not null && Stopwatch.GetElapsedTime(startsAfter, arrival.Begun) < throttle)
            {
                yield return $"{arrival.Webhook} began a flush at most {Stopwatch.GetElapsedTime(startsAfter, arrival.Begun).TotalMilliseconds:0} ms "
                    + $"after another: {flush}; {arrival}";
            }

            (flush, startsAfter) = (arrival, newest);
        }
    }
}
