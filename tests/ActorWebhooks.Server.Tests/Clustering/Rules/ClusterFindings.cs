using System.Collections.Immutable;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

/// <summary>All that was seen of a cluster from outside.</summary>
/// <param name="Arrivals">In order.</param>
/// <param name="Accounts">What the webhooks say at the end, when nothing waits.</param>
/// <param name="Unreadable">What the receiver could not read, or was not signed.</param>
/// <param name="WithoutLease">The lives whose lease expired.</param>
internal sealed record ClusterFindings(
    ImmutableArray<SentPost> Posts,
    ImmutableArray<Arrival> Arrivals,
    ImmutableArray<Fault> Faults,
    ImmutableArray<Account> Accounts,
    ImmutableArray<string> Unreadable,
    ImmutableHashSet<int> WithoutLease)
{
    public int Repeats => Hooks.Ids.Sum(id => ArrivalsOf(id).Sum(a => a.Events.Length) - ArrivalsOf(id).SelectMany(a => a.Events).Distinct().Count());

    /// <summary>The rules that were broken, in words.</summary>
    public IReadOnlyList<string> Broken() =>
    [
        .. Hooks.Ids.SelectMany(BrokenOf),
        .. Accounts.Where(account => !account.Balances).Select(account => $"{account} does not balance."),
        .. Unreadable,
    ];

    public IEnumerable<Arrival> ArrivalsOf(string webhook) => Arrivals.Where(arrival => arrival.Webhook == webhook);

    public override string ToString() =>
        $"{Posts.Sum(sent => sent.Post.Count)} events in {Posts.Length} requests, {Posts.Count(sent => sent.Accepted is not null)} accepted, "
        + $"{Posts.Sum(sent => sent.Post.Refusals)} refused, {Posts.Sum(sent => sent.Post.Cuts)} cut, "
        + $"{Posts.Count(sent => Faults.Any(fault => sent.IsUnderWayAt(fault)))} under way at a fault; {Arrivals.Length} deliveries, {Repeats} events repeated";

    private IEnumerable<string> BrokenOf(string webhook) =>
    [
        .. DeliveryRules.Broken(HistoryOf(webhook)),
        .. OneRequestInTheCluster.Broken([.. ArrivalsOf(webhook)]),
        .. ThrottleIsKept.Broken(
            TimeSpan.FromMilliseconds(Hooks.Throttles[webhook]), [.. ArrivalsOf(webhook)], Posts.Where(sent => sent.Webhook is null || sent.Webhook == webhook)),
    ];

    /// <summary>
    /// As that of one server that lives again and again: it is another life whenever the webhook is on another node. A fault kills it, and
    /// what was under way then may have been taken without its sender having been told.
    /// </summary>
    private History HistoryOf(string webhook)
    {
        var arrivals = ImmutableArray.CreateBuilder<Arrival>();
        var killed = ImmutableHashSet.CreateBuilder<int>();
        var (life, on) = (0, -1);
        foreach (var arrival in BrokenOff.Joined(ArrivalsOf(webhook), WithoutLease))
        {
            if (arrival.Life != on)
                (life, on) = (life + 1, arrival.Life);
            arrivals.Add(arrival with { Life = life });
            if (Faults.Any(fault => fault.Life == on))
                killed.Add(life);
        }

        return new History(
            [.. Posts.Where(sent => sent.Webhook is null || sent.Webhook == webhook).Select(WithFaults)],
            arrivals.ToImmutable(),
            [new Remainder(webhook, 0, [])],
            killed.ToImmutable());
    }

    private Post WithFaults(SentPost sent) => sent.Post with { Cuts = sent.Post.Cuts + Faults.Count(fault => sent.IsUnderWayAt(fault)) };
}
