using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Durability;

/// <summary>What came of a run.</summary>
/// <param name="Broken">The rules that were broken, in words.</param>
internal sealed record LoadFindings(History History, IReadOnlyList<string> Broken)
{
    public int Kills => History.Killed.Count;

    public int Refusals => History.Posts.Sum(post => post.Refusals);

    /// <summary>How many deliveries were of an event that the webhook had delivered before.</summary>
    public int Repeats { get; } = History.Arrivals
        .Where(arrival => arrival.Answer == Answer.Taken)
        .GroupBy(arrival => arrival.Webhook, arrival => arrival.Events)
        .Sum(webhook => webhook.Sum(events => events.Length) - webhook.SelectMany(events => events).Distinct().Count());

    public override string ToString() =>
        $"{Kills} kills, {History.Posts.Sum(post => post.Count)} events in {History.Posts.Length} requests, "
        + $"{History.Posts.Sum(post => post.Cuts)} cut, {Refusals} refused, {Repeats} repeats; arrivals: "
        + string.Join(", ", History.Arrivals.CountBy(a => $"{a.Webhook} {a.Answer}").Select(count => $"{count.Key} {count.Value}"));
}
