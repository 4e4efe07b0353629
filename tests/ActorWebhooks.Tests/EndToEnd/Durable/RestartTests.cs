using System.Diagnostics;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

public sealed class RestartTests
{
    private const string NoThrottle = "throttle = 0";

    [Fact]
    public async Task What_waits_is_delivered_in_order_after_a_restart_and_the_account_goes_on()
    {
        var status = 200;
        await using var receiver = await Receiver.StartAsync(_ => status);
        var durable = new DurableHost(WebhookHost.Toml(receiver, NoThrottle));
        await using (var host = await durable.StartAsync())
        {
            await PublishAsync(host, 0, 10);
            await host.AwaitDeliveredAsync(10);
            status = 503;
            await PublishAsync(host, 10, 40);
        }

        status = 200;
        await using var again = await durable.StartAsync();
        await again.AwaitDeliveredAsync(50);

        var found = await again.StatusAsync();
        Assert.Equal((50, 50, 0, 0), (found.Accepted, found.Delivered, found.Waiting, found.Dead));
        Assert.Equal(Ids(0, 50), receiver.EventIds.Distinct());
    }

    [Fact]
    public async Task Pause_survives_a_restart()
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, NoThrottle));
        await using (var host = await durable.StartAsync())
        {
            host.Tell(new PauseWebhook());
            await PublishAsync(host, 0, 3);
        }

        await using var again = await durable.StartAsync();
        await Eventually.Equal(WebhookState.Paused, async () => (await again.StatusAsync()).State);
        Assert.Equal(3, (await again.StatusAsync()).Waiting);
        Assert.Empty(receiver.EventIds);
        again.Tell(new ResumeWebhook());
        await again.AwaitDeliveredAsync(3);
    }

    [Fact]
    public async Task Endpoint_that_was_gone_is_gone_after_a_restart_unless_it_is_another_one()
    {
        await using var receiver = await Receiver.StartAsync(_ => 410);
        await using var other = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, NoThrottle));
        await using (var host = await durable.StartAsync())
        {
            await PublishAsync(host, 0, 1);
            await Eventually.Equal(1, async () => (await host.StatusAsync()).Dead);
        }

        await using (var host = await durable.StartAsync())
        {
            await Eventually.Equal(WebhookState.Gone, async () => (await host.StatusAsync()).State);
            await PublishAsync(host, 1, 1);
            await Eventually.Equal(2, async () => (await host.StatusAsync()).Dead);
        }

        await using var again = await durable.StartAsync(WebhookHost.Toml(other, NoThrottle));
        await PublishAsync(again, 2, 1);
        await again.AwaitDeliveredAsync(1);
        Assert.Equal(["2"], other.EventIds);
        Assert.Equal(2, (await again.StatusAsync()).Dead);
    }

    [Fact]
    public async Task Wait_that_the_endpoint_asked_for_survives_a_restart_and_retry_now_ends_it()
    {
        var requests = 0;
        await using var receiver = RoughReceiver.Answering(_ => ++requests == 1 ? Answers.Status(429, "Retry-After: 600\r\n") : Answers.Ok);
        var durable = new DurableHost(WebhookHost.Toml(receiver.Url, NoThrottle));
        DateTimeOffset? asked;
        await using (var host = await durable.StartAsync())
        {
            await PublishAsync(host, 0, 3);
            await Eventually.Equal(WebhookState.BackingOff, async () => (await host.StatusAsync()).State);
            asked = (await host.StatusAsync()).NextAttemptAt;
        }

        await using var again = await durable.StartAsync();
        await Eventually.Equal(WebhookState.BackingOff, async () => (await again.StatusAsync()).State);
        var found = await again.StatusAsync();
        Assert.Equal((1, 3), (found.Failures, found.Waiting));
        Assert.InRange(found.NextAttemptAt!.Value, asked!.Value.AddSeconds(-0.1), asked.Value.AddSeconds(5));
        Assert.Equal(1, requests);

        Assert.Equal(0, (await again.Router.Ask<WebhookStatus>(new ToWebhook("audit", new RetryNow()))).Failures);
        await again.AwaitDeliveredAsync(3);
    }

    [Fact]
    public async Task Dead_letters_are_listed_by_the_page_and_replayed_after_a_restart()
    {
        var status = 410;
        await using var receiver = await Receiver.StartAsync(_ => status);
        var durable = new DurableHost(WebhookHost.Toml(receiver, NoThrottle));
        await using (var host = await durable.StartAsync())
        {
            await PublishAsync(host, 0, 25);
            await Eventually.Equal(25, async () => (await host.StatusAsync()).Dead);
        }

        status = 200;
        await using var again = await durable.StartAsync();
        await Eventually.Equal(25, async () => (await again.StatusAsync()).Dead);
        var (ids, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await again.Router.Ask<DeadLetterPage>(new ToWebhook("audit", new GetDeadLetters(after, 7)));
            Assert.InRange(page.Letters.Length, 1, 7);
            Assert.All(page.Letters, letter => Assert.Equal((DeadLetterReason.Gone, 410), (letter.Reason, letter.Status)));
            ids.AddRange(page.Letters.Select(letter => letter.Event.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(Ids(0, 25), ids);
        Assert.IsType<NoSuchPage>(await again.Router.Ask<object>(new ToWebhook("audit", new GetDeadLetters("nonsense", 7))));
        again.Tell(new ResumeWebhook());
        Assert.Equal(25, (await again.Router.Ask<DeadLettersTaken>(new ToWebhook("audit", new ReplayDeadLetters()))).Count);
        await again.AwaitDeliveredAsync(25);
        Assert.Equal(Ids(0, 25), receiver.EventIds.TakeLast(25));
        Assert.Equal(0, (await again.StatusAsync()).Dead);
    }

    [Fact]
    public async Task Dead_letters_that_are_dropped_stay_dropped_and_counted()
    {
        await using var receiver = await Receiver.StartAsync(_ => 410);
        var durable = new DurableHost(WebhookHost.Toml(receiver, NoThrottle));
        await using (var host = await durable.StartAsync())
        {
            await PublishAsync(host, 0, 5);
            await Eventually.Equal(5, async () => (await host.StatusAsync()).Dead);
            Assert.Equal(5, (await host.Router.Ask<DeadLettersTaken>(new ToWebhook("audit", new DropDeadLetters()))).Count);
        }

        await using var again = await durable.StartAsync();
        await Eventually.Equal(5, async () => (await again.StatusAsync()).Dropped.Values.Sum());
        Assert.Equal((5, 0), ((await again.StatusAsync()).Accepted, (await again.StatusAsync()).Dead));
    }

    [Fact]
    public async Task Stop_does_not_wait_for_an_endpoint_that_is_down_when_the_journal_has_what_waits()
    {
        await using var receiver = await Receiver.StartAsync(_ => 503);
        var durable = new DurableHost(WebhookHost.Toml(receiver, NoThrottle));
        var host = await durable.StartAsync();
        await PublishAsync(host, 0, 5);
        await Eventually.True(() => receiver.Requests.Count > 0);

        var since = Stopwatch.GetTimestamp();
        await host.DisposeAsync();

        // The deadline of the drain is 2 s here.
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 1.9);
    }

    [Fact]
    public async Task Webhook_that_is_taken_out_and_comes_back_goes_on_with_what_waited()
    {
        var status = 503;
        await using var receiver = await Receiver.StartAsync(_ => status);
        var durable = new DurableHost(WebhookHost.Toml(receiver, NoThrottle));
        await using (var host = await durable.StartAsync())
            await PublishAsync(host, 0, 5);
        await using (await durable.StartAsync("[webhook.\"other\"]\nurl = \"http://127.0.0.1:9/\"\nevents = \"other\""))
            status = 200;

        await using var again = await durable.StartAsync();
        await again.AwaitDeliveredAsync(5);
        Assert.Equal(Ids(0, 5), receiver.EventIds.TakeLast(5));
    }

    [Fact]
    public async Task Lossy_webhook_is_not_journaled()
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, NoThrottle + "\nlossy = true"));
        await using var host = await durable.StartAsync();
        await PublishAsync(host, 0, 20);
        await host.AwaitDeliveredAsync(20);

        Assert.Empty(durable.Store.RowsOf("webhook-outbox@1:audit"));
        Assert.Equal(Ids(0, 20), receiver.EventIds);
    }

    private static IEnumerable<string> Ids(int from, int count) => Enumerable.Range(from, count).Select(i => $"{i}");

    private static async Task PublishAsync(WebhookHost host, int from, int count)
    {
        foreach (var id in Ids(from, count))
            Assert.True((await host.Publisher.PublishAsync(Some.Event(id))).IsAccepted);
    }
}
