using System.Net;
using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.Delivery;

public sealed class WebhookActorTests : VirtualTimeTests
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private readonly OutboxBudget _budget = new(long.MaxValue);
    private readonly OutboxIntake _intake;

    public WebhookActorTests() => _intake = new OutboxIntake(new AcceptanceClock(Services.Time));

    [Fact]
    public async Task First_event_after_a_quiet_window_is_sent_at_once()
    {
        var webhook = Start();

        Tell(webhook, "1");

        Assert.Equal(["1"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Events_that_come_within_the_window_go_together_when_it_ends()
    {
        var webhook = Start();
        await Deliver(webhook, "1");

        Tell(webhook, "2", "3");
        await Advance(webhook, Throttle - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, Endpoint.Unseen);
        await Advance(webhook, TimeSpan.FromMilliseconds(1));

        Assert.Equal(["2", "3"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Requests_of_a_webhook_with_a_rate_start_one_interval_apart()
    {
        var webhook = Start(Some.Webhook with { Throttle = TimeSpan.Zero, Rate = new RequestRate(2, 's'), Batch = new BatchLimits(1, 1024) });
        await Deliver(webhook, "1");
        Tell(webhook, "2", "3");

        foreach (var (id, left) in new[] { ("2", OutboxBudget.CostOf(Some.Event("3"))), ("3", 0) })
        {
            await Advance(webhook, TimeSpan.FromMilliseconds(499));
            Assert.Equal(0, Endpoint.Unseen);
            await Advance(webhook, TimeSpan.FromMilliseconds(1));
            var request = await Endpoint.NextAsync();
            Assert.Equal([id], request.EventIds);
            request.Respond(HttpStatusCode.OK);
            await AwaitUsed(left);
        }
    }

    [Fact]
    public async Task An_event_after_the_window_goes_at_once_again()
    {
        var webhook = Start();
        await Deliver(webhook, "1");
        await Advance(webhook, Throttle);

        Tell(webhook, "2");

        Assert.Equal(["2"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Flush_that_is_due_during_a_request_starts_when_the_request_is_done()
    {
        var webhook = Start();
        Tell(webhook, "1");
        var first = await Endpoint.NextAsync();
        Tell(webhook, "2");

        await Advance(webhook, Throttle * 5);
        Assert.Equal(0, Endpoint.Unseen);
        first.Respond(HttpStatusCode.OK);

        Assert.Equal(["2"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Without_throttle_the_next_flush_starts_as_soon_as_the_previous_one_is_done()
    {
        var webhook = Start(Some.Webhook with { Throttle = TimeSpan.Zero });
        Tell(webhook, "1");
        var first = await Endpoint.NextAsync();
        Tell(webhook, "2", "3");
        await Settle(webhook);
        Assert.Equal(0, Endpoint.Unseen);

        first.Respond(HttpStatusCode.OK);

        Assert.Equal(["2", "3"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Flush_of_many_events_goes_in_batches_one_after_the_other_without_another_window()
    {
        var webhook = Start(Some.Webhook with { Batch = new BatchLimits(MaxEvents: 2, MaxBytes: 100_000) });
        await Deliver(webhook, "1");
        Tell(webhook, "2", "3", "4", "5", "6");
        await Advance(webhook, Throttle);

        foreach (var expected in new string[][] { ["2", "3"], ["4", "5"], ["6"] })
        {
            var request = await Endpoint.NextAsync();
            Assert.Equal(expected, request.EventIds);
            Assert.Equal(0, Endpoint.Unseen);
            request.Respond(HttpStatusCode.NoContent);
        }
    }

    [Fact]
    public async Task Events_that_come_during_a_flush_wait_for_their_own_window()
    {
        var webhook = Start(Some.Webhook with { Batch = new BatchLimits(MaxEvents: 1, MaxBytes: 100_000) });
        await Deliver(webhook, "1");
        Tell(webhook, "2", "3");
        await Advance(webhook, Throttle);
        var second = await Endpoint.NextAsync();
        Tell(webhook, "4");
        await Settle(webhook);
        second.Respond(HttpStatusCode.OK);
        (await Endpoint.NextAsync()).Respond(HttpStatusCode.OK);
        await AwaitUsed(OutboxBudget.CostOf(Some.Event("4")));

        await Advance(webhook, Throttle - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, Endpoint.Unseen);
        await Advance(webhook, TimeSpan.FromMilliseconds(1));

        Assert.Equal(["4"], (await Endpoint.NextAsync()).EventIds);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task Refused_batch_is_sent_again_with_the_same_bytes_after_the_backoff_and_later_events_wait(HttpStatusCode refusal)
    {
        var webhook = Start();
        Tell(webhook, "1");
        var first = await Endpoint.NextAsync();
        Tell(webhook, "2");
        first.Respond(refusal);
        await AwaitBackoff(webhook);

        // Half of the first ceiling of 1 s, as the random source says.
        await Advance(webhook, TimeSpan.FromMilliseconds(499));
        Assert.Equal(0, Endpoint.Unseen);
        await Advance(webhook, TimeSpan.FromMilliseconds(1));
        var second = await Endpoint.NextAsync();
        Assert.Equal(first.Body, second.Body);
        second.Respond(HttpStatusCode.OK);
        await AwaitUsed(OutboxBudget.CostOf(Some.Event("2")));
        await Advance(webhook, Throttle);

        Assert.Equal(["2"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Backoff_doubles_with_each_failure_and_starts_anew_after_a_success()
    {
        var webhook = Start();
        Tell(webhook, "1");
        foreach (var ceiling in new[] { 1, 2, 4 })
        {
            (await Endpoint.NextAsync()).Respond(HttpStatusCode.BadGateway);
            await AwaitBackoff(webhook);
            await Advance(webhook, (TimeSpan.FromSeconds(ceiling) / 2) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, Endpoint.Unseen);
            await Advance(webhook, TimeSpan.FromMilliseconds(1));
        }

        (await Endpoint.NextAsync()).Respond(HttpStatusCode.OK);
        await AwaitUsed(0);
        await Advance(webhook, Throttle);
        Tell(webhook, "2");
        (await Endpoint.NextAsync()).Respond(HttpStatusCode.BadGateway);
        await AwaitBackoff(webhook);
        await Advance(webhook, TimeSpan.FromMilliseconds(500));
        Assert.Equal(["2"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Network_error_is_a_failure_like_another()
    {
        var webhook = Start();
        Tell(webhook, "1");
        var first = await Endpoint.NextAsync();
        first.Fail(new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
        await AwaitBackoff(webhook);
        await Advance(webhook, TimeSpan.FromMilliseconds(500));

        Assert.Equal(first.Body, (await Endpoint.NextAsync()).Body);
    }

    [Fact]
    public async Task Attempt_that_overruns_its_timeout_is_cancelled_and_the_batch_sent_again()
    {
        var webhook = Start(Some.Webhook with { Timeout = TimeSpan.FromSeconds(3) });
        Tell(webhook, "1");
        var first = await Endpoint.NextAsync();

        await Advance(webhook, TimeSpan.FromSeconds(3) - TimeSpan.FromMilliseconds(1));
        Assert.False(first.Cancellation.IsCancellationRequested);
        await Advance(webhook, TimeSpan.FromMilliseconds(1));
        await AwaitBackoff(webhook);
        Assert.True(first.Cancellation.IsCancellationRequested);
        await Advance(webhook, TimeSpan.FromMilliseconds(500));

        var second = await Endpoint.NextAsync();
        Assert.Equal(first.Body, second.Body);
        second.Respond(HttpStatusCode.OK);
        await AwaitUsed(0);
    }

    [Fact]
    public async Task Webhook_that_fails_again_and_again_rests_longer_and_longer_and_then_goes_on()
    {
        var supervisor = Sys.ActorOf(Akka.Actor.Props.Create(() => new Parent(Start)), "parent");
        var webhook = await supervisor.Ask<IActorRef>("child", TimeSpan.FromSeconds(10));
        for (var fault = 1; fault <= 4; fault++)
        {
            webhook.Tell(Kill.Instance);
            await Settle(webhook);
        }

        Tell(webhook, "1");
        await Settle(webhook);
        await Advance(webhook, TimeSpan.FromSeconds(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, Endpoint.Unseen);

        await Advance(webhook, TimeSpan.FromMilliseconds(1));
        var request = await Endpoint.NextAsync();
        Assert.Equal(["1"], request.EventIds);
        request.Respond(HttpStatusCode.OK);
        await AwaitUsed(0);
    }

    [Fact]
    public async Task Webhook_that_is_restarted_finds_its_events_and_sends_the_interrupted_batch_again()
    {
        var supervisor = Sys.ActorOf(Akka.Actor.Props.Create(() => new Parent(Start)), "parent");
        var webhook = await supervisor.Ask<IActorRef>("child", TimeSpan.FromSeconds(10));
        Tell(webhook, "1");
        var first = await Endpoint.NextAsync();
        Tell(webhook, "2");
        await Settle(webhook);

        webhook.Tell(Kill.Instance);
        await AwaitBackoff(webhook);
        await Advance(webhook, TimeSpan.FromMilliseconds(500));

        var second = await Endpoint.NextAsync();
        Assert.Equal(first.Body, second.Body);
        Assert.True(first.Cancellation.IsCancellationRequested);
        second.Respond(HttpStatusCode.OK);
        await AwaitUsed(OutboxBudget.CostOf(Some.Event("2")));
        await Advance(webhook, Throttle);
        Assert.Equal(["2"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Delivered_events_give_their_bytes_back()
    {
        var webhook = Start();
        Tell(webhook, "1");
        var request = await Endpoint.NextAsync();
        Assert.Equal(OutboxBudget.CostOf(Some.Event("1")), _budget.UsedBytes);

        request.Respond(HttpStatusCode.OK);

        await AwaitUsed(0);
    }

    private IActorRef Start(WebhookDefinition? definition = null) => Start(Sys, definition ?? Some.Webhook);

    private IActorRef Start(IActorRefFactory factory) => Start(factory, Some.Webhook);

    private IActorRef Start(IActorRefFactory factory, WebhookDefinition definition)
    {
        var machine = Some.Machine(Services, definition, _budget, _intake);
        return factory.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, Services, ActorRefs.Nobody)), definition.Id);
    }

    private void Tell(IActorRef webhook, params string[] eventIds)
    {
        foreach (var id in eventIds)
        {
            var e = Some.Event(id);
            Assert.Null(_budget.TryTake(OutboxBudget.CostOf(e)));
            if (_intake.Append(e))
                webhook.Tell(EventsCame.Instance);
        }
    }

    private async Task Deliver(IActorRef webhook, string eventId)
    {
        Tell(webhook, eventId);
        (await Endpoint.NextAsync()).Respond(HttpStatusCode.OK);
        await AwaitUsed(0);
    }

    private Task AwaitUsed(long bytes) => Eventually.Equal(bytes, () => _budget.UsedBytes);

    private static Task AwaitBackoff(IActorRef webhook) =>
        Eventually.Equal(WebhookState.BackingOff, async () => (await StatusOf(webhook)).State);

    private sealed class Parent(Func<IActorRefFactory, IActorRef> start) : UntypedActor
    {
        private readonly IActorRef _child = start(Context);

        protected override void OnReceive(object message) => Sender.Tell(_child);

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);
    }
}
