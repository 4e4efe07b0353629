using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>What became of one webhook in a run.</summary>
/// <param name="Accepted">Events that were answered with 202.</param>
/// <param name="Missing">Accepted events that are neither delivered nor dead letters, without those that still wait.</param>
/// <param name="Waiting">What the webhook says that waits.</param>
/// <param name="Repeats">Deliveries beyond what its senders sent.</param>
/// <param name="LargestBatch">The most events in one request.</param>
/// <param name="Overlaps">Requests that began while another was under way, which must not have been.</param>
/// <param name="Late">Requests of the owner that was lost that began after the take-over.</param>
/// <param name="LongestSilence">From the take-over until the senders ended.</param>
internal sealed record WebhookFigures(
    string Webhook, int Accepted, int Missing, long Waiting, int Repeats, int LargestBatch, int Overlaps, int Late, TimeSpan LongestSilence)
{
    public static WebhookFigures Of(string webhook, Observation seen)
    {
        var posts = seen.PostsFor(webhook);
        var arrivals = seen.ArrivalsOf(webhook);
        var takeOver = TakeOver.Of(arrivals, seen.Fault);
        var remainder = seen.Remainders.FirstOrDefault(remainder => remainder.Webhook == webhook) ?? new Remainder(webhook, 0, []);
        return new(
            webhook,
            posts.Where(sent => sent.Post.IsAccepted).Sum(sent => sent.Post.Count),
            Math.Max(0, MissingOf(posts, arrivals, remainder, seen.MayBeLost) - (int)remainder.Waiting),
            remainder.Waiting,
            Rules.Repeats.Count(seen, webhook),
            arrivals.Select(arrival => arrival.Events.Length).DefaultIfEmpty().Max(),
            Rules.Overlaps.Count(arrivals, takeOver),
            takeOver is null ? 0 : arrivals.Count(arrival => arrival.Life == takeOver.OldLife && arrival.Begun > takeOver.At),
            Silence.Longest(arrivals, seen.SilenceFrom, seen.LoadEnded));
    }

    private static int MissingOf(
        ImmutableArray<SentPost> posts, ImmutableArray<Arrival> arrivals, Remainder remainder, Predicate<SentPost> mayBeLost)
    {
        var missing = posts.Where(sent => sent.Post.IsAccepted && !mayBeLost(sent)).SelectMany(sent => sent.Post.Events).ToHashSet();
        missing.ExceptWith(arrivals.Where(arrival => arrival.Answer == Answer.Taken).SelectMany(arrival => arrival.Events));
        missing.ExceptWith(remainder.Dead);
        return missing.Count;
    }
}
