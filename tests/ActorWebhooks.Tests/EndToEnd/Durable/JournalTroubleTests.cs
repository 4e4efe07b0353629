using System.Collections.Concurrent;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

public sealed class JournalTroubleTests
{
    [Theory]
    [InlineData(JournalTrouble.Fails)]
    [InlineData(JournalTrouble.Rejects)]
    [InlineData(JournalTrouble.Hangs)]
    [InlineData(JournalTrouble.IsAway)]
    public async Task Journal_that_fails_in_the_middle_refuses_and_goes_on_by_itself_with_nothing_lost_and_one_line_for_each_change(JournalTrouble trouble)
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0"));
        await using var host = await durable.StartAsync();
        var accepted = new List<string>();
        for (var i = 0; i < 20; i++)
            await PublishAsync(host, $"before-{i}", accepted);

        durable.Store.Have(trouble);
        var refused = await host.Publisher.PublishAsync(Some.Event("meanwhile"));
        await Eventually.Equal(false, async () => (await host.Publisher.PublishAsync(Some.Event("later"))).IsAccepted);

        Assert.Equal([("audit", "meanwhile", RefusalReason.JournalUnavailable)], refused.Refusals.Select(r => (r.WebhookId!, r.EventId, r.Reason)));
        durable.Store.Have(JournalTrouble.None);
        await Eventually.Equal(true, async () => (await host.Publisher.PublishAsync(Some.Event("again"))).IsAccepted);
        accepted.Add("again");
        for (var i = 0; i < 20; i++)
            await PublishAsync(host, $"after-{i}", accepted);
        await Eventually.Equal(0, async () => (await host.StatusAsync()).Waiting);

        // What was refused may be there: the row that was being written is not known to be.
        Assert.Equal(accepted, receiver.EventIds.Where(id => id is not ("meanwhile" or "later")));
        Assert.Equal(["WarningLevel", "InfoLevel"], Levels(durable));
    }

    [Fact]
    public async Task Row_that_is_written_though_the_journal_says_that_it_failed_is_accepted_once_it_was_read()
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0"));
        await using var host = await durable.StartAsync();
        durable.Store.Have(JournalTrouble.FailsThoughWritten);
        var accepted = new List<string>();
        for (var i = 0; i < 20; i++)
            await PublishAsync(host, $"{i}", accepted);
        await host.AwaitDeliveredAsync(20);

        Assert.Equal(accepted, receiver.EventIds);
        Assert.Empty(durable.Log);
    }

    [Theory]
    [InlineData(JournalTrouble.IsAway)]
    [InlineData(JournalTrouble.Hangs)]
    public async Task Journal_that_is_away_at_start_keeps_the_node_waiting_for_it_and_refuses_meanwhile(JournalTrouble trouble)
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0"));
        durable.Store.Have(trouble);
        await using var host = await durable.StartAsync();

        Assert.Equal(RefusalReason.JournalUnavailable, (await host.Publisher.PublishAsync(Some.Event("1"))).Refusals.Single().Reason);

        durable.Store.Have(JournalTrouble.None);
        await Eventually.Equal(true, async () => (await host.Publisher.PublishAsync(Some.Event("2"))).IsAccepted);
        await Eventually.True(() => receiver.EventIds.Contains("2"));
        Assert.DoesNotContain("1", receiver.EventIds);
        Assert.Equal(["WarningLevel", "InfoLevel"], Levels(durable));
    }

    [Fact]
    public async Task Journal_that_cannot_be_read_takes_events_and_delivers_them_once_and_in_order_when_it_can()
    {
        var taken = new ConcurrentQueue<string>();
        var status = 503;
        await using var receiver = await Receiver.StartAsync(request =>
        {
            var answer = Volatile.Read(ref status);
            if (answer == 200)
                taken.Enqueue(string.Join(' ', StubRequest.EventIdsOf(request.Body)));
            return answer;
        });
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0\nretry.initial = \"1ms\"\nretry.max = \"5ms\""));
        await using var host = await durable.StartAsync();
        var accepted = new List<string>();
        async Task PublishAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var e = Some.EventOfSize($"{accepted.Count}", 1000);
                Assert.True((await host.Publisher.PublishAsync(e)).IsAccepted);
                accepted.Add(e.Id);
            }
        }

        // More than the memory window holds.
        await PublishAsync(200);
        durable.Store.Have(JournalTrouble.FailsReads);
        Volatile.Write(ref status, 200);
        await Eventually.Equal(1, () => durable.Log.Count);
        await PublishAsync(100);
        await Eventually.True(() => durable.Store.FailedReads >= 3);
        Assert.NotEqual(0, (await host.StatusAsync()).Waiting);

        durable.Store.Have(JournalTrouble.None);
        await host.AwaitDeliveredAsync(300);

        Assert.Equal(accepted, taken.SelectMany(ids => ids.Split(' ')));
        Assert.Equal(["WarningLevel", "InfoLevel"], Levels(durable));
    }

    [Fact]
    public async Task Journal_that_cannot_delete_takes_and_delivers_events_without_delay_and_is_told_once()
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0"));
        await using var host = await durable.StartAsync();
        var accepted = new List<string>();
        durable.Store.Have(JournalTrouble.FailsDeletes);
        while (durable.Store.FailedDeletes < 4)
            await PublishAsync(host, $"{accepted.Count}", accepted);
        Assert.Equal(["WarningLevel"], Levels(durable));

        durable.Store.Have(JournalTrouble.None);
        await Eventually.True(() => durable.Log.Count > 1);
        await host.AwaitDeliveredAsync(accepted.Count);

        Assert.Equal(accepted, receiver.EventIds);
        Assert.Equal(["WarningLevel", "InfoLevel"], Levels(durable));
    }

    [Fact]
    public async Task Journal_that_is_slow_is_waited_for()
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0"));
        await using var host = await durable.StartAsync();
        await PublishAsync(host, "1", []);
        durable.Store.Have(JournalTrouble.Hangs);
        var slow = host.Publisher.PublishAsync(Some.Event("2"));
        Assert.False(slow.IsCompleted);

        durable.Store.Have(JournalTrouble.None);

        Assert.True((await slow).IsAccepted);
        await Eventually.Equal("1, 2", () => string.Join(", ", receiver.EventIds));
        Assert.Empty(durable.Log);
    }

    [Fact]
    public async Task Journal_that_fails_is_told_once_whatever_the_number_of_webhooks()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhooks = Enumerable.Range(0, 20).Select(i => $"[webhook.\"w{i}\"]\nurl = \"{receiver.Url}\"\nevents = \"*\"\nthrottle = 0\n");
        var durable = new DurableHost(string.Join('\n', webhooks));
        await using var host = await durable.StartAsync();
        Assert.Equal(20, (await host.Publisher.PublishAsync(Some.Event("1"))).Accepted);

        durable.Store.Have(JournalTrouble.Fails);
        Assert.Equal(20, (await host.Publisher.PublishAsync(Some.Event("2"))).Refusals.Count);
        durable.Store.Have(JournalTrouble.None);
        await Eventually.Equal(true, async () => (await host.Publisher.PublishAsync(Some.Event("3"))).Accepted == 20);

        await Eventually.Equal(2, () => durable.Log.Count);
        Assert.Equal(["WarningLevel", "InfoLevel"], Levels(durable));
    }

    private static IEnumerable<string> Levels(DurableHost durable) =>
        durable.Log.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);

    private static async Task PublishAsync(WebhookHost host, string id, List<string> accepted)
    {
        var receipt = await host.Publisher.PublishAsync(Some.Event(id));
        Assert.True(receipt.IsAccepted, string.Join(", ", receipt.Refusals));
        accepted.Add(id);
    }
}
