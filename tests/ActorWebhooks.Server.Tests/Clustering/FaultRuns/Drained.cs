using System.Collections.Immutable;
using System.Diagnostics;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.FaultRuns;

/// <summary>What the webhooks say when they have had time to deliver everything.</summary>
internal sealed record Drained(ImmutableArray<Remainder> Remainders, ImmutableArray<string> Problems)
{
    // What is slow gets its time as long as less and less waits.
    private static readonly TimeSpan LimitWithoutProgress = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A former owner that still sends would be seen in it.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);

    public static Task<Drained> WaitAsync(ServerCluster cluster, IEnumerable<string> webhooks) =>
        WaitAsync(() => cluster.Members.First(node => !node.Process.Exited.IsCompleted).UrlAsync(), webhooks);

    /// <param name="urlOf">A server to ask.</param>
    public static async Task<Drained> WaitAsync(Func<Task<Uri>> urlOf, IEnumerable<string> webhooks)
    {
        var begun = Stopwatch.GetTimestamp();
        var (least, progress) = (long.MaxValue, begun);
        while (true)
        {
            using var api = new WebhooksApi(await urlOf());
            var accounts = await AccountsAsync(api);
            var waiting = accounts.Sum(account => account.Waiting);
            if (!accounts.IsEmpty && waiting < least)
                (least, progress) = (waiting, Stopwatch.GetTimestamp());

            var isDrained = !accounts.IsEmpty && accounts.All(account => account is { IsStarting: false, Waiting: 0 });
            if (isDrained || Stopwatch.GetElapsedTime(progress) > LimitWithoutProgress || Stopwatch.GetElapsedTime(begun) > Limit)
            {
                await Task.Delay(Afterwards);
                return await ReadAsync(api, accounts, webhooks);
            }

            await Task.Delay(Interval);
        }
    }

    private static async Task<Drained> ReadAsync(WebhooksApi api, ImmutableArray<Account> accounts, IEnumerable<string> webhooks)
    {
        var remainders = ImmutableArray.CreateBuilder<Remainder>();
        var problems = ImmutableArray.CreateBuilder<string>();
        problems.AddRange(webhooks.Except(accounts.Select(account => account.Webhook)).Select(id => $"{id}: no server knows it at the end."));
        foreach (var account in accounts)
        {
            if (account.IsStarting)
                problems.Add($"{account.Webhook}: it is not served at the end.");
            if (!account.Balances)
                problems.Add($"{account} does not balance.");
            try
            {
                remainders.Add(await api.RemainderAsync(account));
            }
            catch (HttpRequestException e)
            {
                problems.Add($"{account.Webhook}: its dead letters cannot be read: {e.Message}");
                remainders.Add(new Remainder(account.Webhook, account.Waiting, []));
            }
        }

        return new Drained(remainders.ToImmutable(), problems.ToImmutable());
    }

    // A server that is about to stop answers 503 or not at all.
    private static async Task<ImmutableArray<Account>> AccountsAsync(WebhooksApi api)
    {
        try
        {
            return await api.AccountsAsync();
        }
        catch (HttpRequestException)
        {
            return [];
        }
    }
}
