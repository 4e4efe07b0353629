using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Lookup;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.EndToEnd.Durable;

public sealed class WhyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task What_became_of_an_event_is_known_after_a_restart()
    {
        await using var receiver = await Receiver.StartAsync(request => request.Text.Contains("\"id\":\"bad\"", StringComparison.Ordinal) ? 422 : 200);
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0"));
        await using (var host = await durable.StartAsync())
        {
            await host.PublishTogetherAsync(Some.Event("good"), Some.Event("bad", "auth.failed"));
            await host.AwaitDeliveredAsync(1);
            await Eventually.Equal(1, async () => (await host.StatusAsync()).Dead);
        }

        await using var again = await durable.StartAsync();
        await Eventually.Equal(WebhookState.Idle, async () => (await again.StatusAsync()).State);
        var good = await FindAsync(again, "good");
        Assert.Equal((EventFate.Delivered, "auth.success"), (EventVerdict.Of(good), good.EventType));
        Assert.Equal([Decision.Split, Decision.Delivered], good.Attempts.Select(attempt => attempt.Decision));
        var bad = await FindAsync(again, "bad");
        Assert.Equal((EventFate.Dead, "auth.failed"), (EventVerdict.Of(bad), bad.EventType));
        Assert.Equal([Decision.Split, Decision.Refuse], bad.Attempts.Select(attempt => attempt.Decision));
        Assert.Equal(EventFate.Unknown, EventVerdict.Of(await FindAsync(again, "none")));
    }

    // It takes the ten seconds that a row waits for company.
    [Fact]
    public async Task Attempts_are_written_while_nothing_else_happens()
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0"));
        await using var host = await durable.StartAsync();
        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);
        var stream = new JournalIds("audit").Attempts;
        Assert.Empty(durable.Store.RowsOf(stream));

        await Eventually.Equal(1, () => durable.Store.RowsOf(stream).Length);
    }

    [Fact]
    public async Task One_event_is_looked_for_at_a_time_and_a_journal_that_hangs_ends_the_search()
    {
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(WebhookHost.Toml(receiver, "throttle = 0"));
        await using var host = await durable.StartAsync();
        await host.Publisher.PublishAsync(Some.Event("1"));
        await host.AwaitDeliveredAsync(1);
        durable.Store.Have(JournalTrouble.Hangs);
        var first = host.Router.Ask<object>(new ToWebhook("audit", new FindEvent("none")), Patience);

        Assert.IsType<TooManyAtOnce>(await host.Router.Ask<object>(new ToWebhook("audit", new FindEvent("1")), Patience));
        var findings = Assert.IsType<EventFindings>(await first);
        Assert.True(findings.Gaps.UnreadAttempts);
        durable.Store.Have(JournalTrouble.None);
    }

    private static Task<EventFindings> FindAsync(WebhookHost host, string id) =>
        host.Router.Ask<EventFindings>(new ToWebhook("audit", new FindEvent(id)), Patience);
}
