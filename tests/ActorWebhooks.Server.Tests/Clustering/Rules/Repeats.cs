using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>Deliveries of events that were delivered before, and that no sender had sent so often.</summary>
internal static class Repeats
{
    public static int Count(Observation seen, string webhook) => Of(seen, webhook).Sum(repeat => repeat.Count);

    /// <summary>Each event that was repeated: when it was sent and accepted, and when it came from which life, in time from the fault.</summary>
    public static IEnumerable<string> Tell(Observation seen, string webhook)
    {
        var arrivals = seen.ArrivalsOf(webhook);
        var zero = seen.Fault?.At ?? seen.Steady;
        foreach (var (key, _, sent) in Of(seen, webhook))
        {
            var came = arrivals.Where(arrival => arrival.Events.Contains(key)).Select(arrival => $"at {Shown(arrival.Begun)} from {arrival.Life} ({arrival.Answer})");
            yield return $"{webhook}: {key} was sent at {Shown(sent?.Begun)} to {sent?.Life}, accepted at {Shown(sent?.Accepted)}, came {string.Join(", ", came)}";
        }

        string Shown(long? at) => at is null ? "no time" : at < zero ? $"-{at.Value.Until(zero).Shown()}" : $"+{zero.Until(at.Value).Shown()}";
    }

    private static IEnumerable<(EventKey Key, int Count, SentPost? Sent)> Of(Observation seen, string webhook)
    {
        var posts = seen.PostsFor(webhook).SelectMany(sent => sent.Post.Events, (sent, key) => (key, sent)).ToDictionary();
        return seen.ArrivalsOf(webhook)
            .Where(arrival => arrival.Answer == Answer.Taken)
            .SelectMany(arrival => arrival.Events)
            .CountBy(key => key)
            .Select(count => (count.Key, count.Value - Math.Max(1, posts.GetValueOrDefault(count.Key)?.Post.MostTakes ?? 1), posts.GetValueOrDefault(count.Key)))
            .Where(repeat => repeat.Item2 > 0);
    }
}
