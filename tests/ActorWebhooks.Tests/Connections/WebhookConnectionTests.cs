using System.Net;
using System.Net.Sockets;
using ActorWebhooks.Actors;
using ActorWebhooks.Configuration;
using ActorWebhooks.Connections;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.Connections;

/// <summary>When a webhook has a connection, when it waits for one, and that it always gives it back.</summary>
public sealed class WebhookConnectionTests : VirtualTimeTests
{
    private static readonly WebhookDefinition Expiring = Some.Webhook with { DiscardAfter = TimeSpan.FromHours(1) };

    // The gate's timer counts whole milliseconds.
    private static readonly TimeSpan RecalledAfter = SlowAfter + TimeSpan.FromMilliseconds(1);

    private readonly OutboxBudget _budget = new(long.MaxValue);
    private readonly OutboxIntake _intake;

    public WebhookConnectionTests() => _intake = new OutboxIntake(new AcceptanceClock(Services.Time));

    public static TheoryData<string> EndsOfAnAttempt => [.. Ends.Keys];

    public static TheoryData<string> EndsOfWaiting => [.. EndsWhileWaiting.Keys];

    private static Dictionary<string, Func<WebhookConnectionTests, IActorRef, StubRequest, Task>> Ends { get; } = new()
    {
        ["success"] = (_, _, request) => Do(() => request.Respond(HttpStatusCode.OK)),
        ["failure"] = (_, _, request) => Do(() => request.Respond(HttpStatusCode.InternalServerError)),
        ["split"] = (_, _, request) => Do(() => request.Respond(HttpStatusCode.RequestEntityTooLarge)),
        ["gone"] = (_, _, request) => Do(() => request.Respond(HttpStatusCode.Gone)),
        ["network error"] = (_, _, request) => Do(() => request.Fail(new HttpRequestException("refused"))),
        ["node trouble"] = (_, _, request) => Do(() => request.Fail(OutOfHandles)),
        ["timeout"] = (test, webhook, _) => test.Advance(webhook, Some.Webhook.Timeout),
        ["recall"] = async (test, webhook, request) =>
        {
            await test.RecallAsync(webhook, request);
            (await test.Endpoint.NextAsync()).Respond(HttpStatusCode.OK);
        },
        ["delivery actor that crashes"] = (test, webhook, _) => Do(() => test.Sys.ActorSelection(webhook.Path / "delivery").Tell(Kill.Instance)),
        ["crash and restart"] = (_, webhook, _) => Do(() => webhook.Tell(Kill.Instance)),
        ["stop"] = (test, webhook, _) => Do(() => test.Sys.Stop(webhook)),
        ["drain"] = (_, webhook, request) => Do(() =>
        {
            webhook.Tell(new DrainWebhook());
            request.Respond(HttpStatusCode.OK);
        }),
        ["hand-over"] = (_, webhook, request) => Do(() =>
        {
            webhook.Tell(new HandOverWebhook());
            request.Respond(HttpStatusCode.BadGateway);
        }),
        ["pause"] = (_, webhook, request) => Do(() =>
        {
            webhook.Tell(new PauseWebhook());
            request.Respond(HttpStatusCode.BadGateway);
        }),
    };

    private static Dictionary<string, Func<WebhookConnectionTests, IActorRef, Task>> EndsWhileWaiting { get; } = new()
    {
        ["pause"] = (_, webhook) => Do(() => webhook.Tell(new PauseWebhook())),
        ["hand-over"] = (_, webhook) => Do(() => webhook.Tell(new HandOverWebhook())),
        ["expiry"] = (test, webhook) => test.Advance(webhook, Expiring.DiscardAfter!.Value + TimeSpan.FromSeconds(1)),
        ["stop"] = (test, webhook) => Do(() => test.Sys.Stop(webhook)),
    };

    private static HttpRequestException OutOfHandles =>
        new(HttpRequestError.ConnectionError, "no socket", new SocketException((int)SocketError.TooManyOpenSockets));

    [Theory]
    [MemberData(nameof(EndsOfAnAttempt))]
    public async Task Connection_is_given_back_however_an_attempt_ends(string end)
    {
        var webhook = Start();
        Tell(webhook, "1");
        var request = await Endpoint.NextAsync();
        Assert.Equal(1, Gate.Held);

        await Ends[end](this, webhook, request);

        await Eventually.Equal((0, 0), () => (Gate.Held, Gate.Waiting));
    }

    [Theory]
    [MemberData(nameof(EndsOfWaiting))]
    public async Task Webhook_that_wants_no_connection_any_more_does_not_wait_for_one(string end)
    {
        var taken = TakeAll();
        var webhook = Start(Expiring);
        Tell(webhook, "1");
        await Eventually.Equal(WebhookState.WaitingForConnection, async () => (await StatusOf(webhook)).State);
        Assert.Equal(1, Gate.Waiting);

        await EndsWhileWaiting[end](this, webhook);

        await Eventually.Equal(0, () => Gate.Waiting);
        taken.ForEach(seat => seat.Leave());
        await Eventually.Equal(0, () => Gate.Held);
    }

    [Fact]
    public async Task Events_gather_while_a_webhook_waits_and_the_timeout_runs_from_when_it_has_its_connection()
    {
        var taken = TakeAll();
        var webhook = Start();
        Tell(webhook, "1");
        await Eventually.Equal(WebhookState.WaitingForConnection, async () => (await StatusOf(webhook)).State);
        Tell(webhook, "2");
        await Advance(webhook, Some.Webhook.Timeout * 3);
        Assert.Equal(0, Endpoint.Unseen);

        taken[0].Leave();
        var request = await Endpoint.NextAsync();
        Assert.Equal(["1", "2"], request.EventIds);
        await Advance(webhook, Some.Webhook.Timeout - TimeSpan.FromMilliseconds(1));

        Assert.False(request.Cancellation.IsCancellationRequested);
        Assert.Equal(WebhookState.Sending, (await StatusOf(webhook)).State);
        await Advance(webhook, TimeSpan.FromMilliseconds(1));
        Assert.True(request.Cancellation.IsCancellationRequested);
    }

    [Fact]
    public async Task Webhook_with_many_batches_gives_its_connection_up_between_them_to_whoever_waits()
    {
        var taken = TakeAll();
        var busy = Start(Some.Webhook with { Batch = new BatchLimits(MaxEvents: 1, MaxBytes: 100_000) });
        Tell(busy, "1", "2", "3");
        taken[0].Leave();
        var first = await Endpoint.NextAsync();
        var other = Gate.SeatOf(TestActor);
        Assert.False(other.TryEnter());

        first.Respond(HttpStatusCode.OK);
        ExpectMsg<ConnectionGranted>();
        Assert.Equal(WebhookState.WaitingForConnection, (await StatusOf(busy)).State);
        Assert.Equal(0, Endpoint.Unseen);
        other.Leave();

        Assert.Equal(["2"], (await Endpoint.NextAsync()).EventIds);
    }

    [Fact]
    public async Task Attempt_that_is_recalled_counts_as_no_failure_and_its_bytes_are_sent_again_as_a_slow_one()
    {
        var webhook = Start();
        Tell(webhook, "1");
        var first = await Endpoint.NextAsync();
        await RecallAsync(webhook, first);

        var second = await Endpoint.NextAsync();
        Assert.True(first.Cancellation.IsCancellationRequested);
        Assert.Equal(first.Body, second.Body);
        var status = await StatusOf(webhook);
        Assert.Equal((0, AttemptEnd.BrokenOff, Decision.Retry), (status.Failures, status.LastAttempt!.Outcome.Kind, status.LastAttempt.Decision));
        Assert.Contains("other webhooks waited", status.LastAttempt.Outcome.Error, StringComparison.Ordinal);

        // As a slow one it is left its whole timeout: the other that is not slow is asked, though it came later.
        var other = Gate.SeatOf(TestActor);
        Assert.True(other.TryEnter());
        Assert.False(Gate.SeatOf(ActorRefs.Nobody).TryEnter());
        await Advance(webhook, RecalledAfter);
        ExpectMsg<ConnectionRecalled>();
        Assert.False(second.Cancellation.IsCancellationRequested);
    }

    [Fact]
    public async Task Trouble_of_the_node_is_no_failure_of_the_endpoint_and_is_tried_again_soon_and_then_less_often()
    {
        var webhook = Start(Some.Webhook with { Lossy = true });
        Tell(webhook, "1");
        foreach (var milliseconds in new[] { 75, 150, 300 })
        {
            (await Endpoint.NextAsync()).Fail(OutOfHandles);
            await Eventually.Equal(WebhookState.BackingOff, async () => (await StatusOf(webhook)).State);
            await Advance(webhook, TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.Equal(0, Endpoint.Unseen);
            await Advance(webhook, TimeSpan.FromMilliseconds(1));
        }

        var status = await StatusOf(webhook);
        Assert.Equal((0, AttemptEnd.NodeTrouble), (status.Failures, status.LastAttempt!.Outcome.Kind));
        Assert.Contains("no more files", status.LastAttempt.Outcome.Error, StringComparison.Ordinal);
        (await Endpoint.NextAsync()).Respond(HttpStatusCode.OK);
        await Eventually.Equal(1, async () => (await StatusOf(webhook)).Delivered);
    }

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private List<ConnectionSeat> TakeAll()
    {
        var seats = Enumerable.Range(0, Gate.Max).Select(_ => Gate.SeatOf(ActorRefs.Nobody)).ToList();
        Assert.All(seats, seat => Assert.True(seat.TryEnter()));
        return seats;
    }

    // Others take what is left, and one waits until the webhook's attempt is slow and is broken off for it.
    private async Task RecallAsync(IActorRef webhook, StubRequest request)
    {
        var others = Enumerable.Range(0, Gate.Max).Select(_ => Gate.SeatOf(ActorRefs.Nobody)).ToList();
        Assert.Equal([true, false], others.Select(seat => seat.TryEnter()));
        await Advance(webhook, RecalledAfter);
        await Eventually.True(() => request.Cancellation.IsCancellationRequested);
        others.ForEach(seat => seat.Leave());
    }

    private IActorRef Start(WebhookDefinition? definition = null)
    {
        var machine = Some.Machine(Services, definition ?? Some.Webhook, _budget, _intake);
        return Sys.ActorOf(ActorFactory.Props(() => new WebhookActor(machine, Services, ActorRefs.Nobody)), "audit");
    }

    private void Tell(IActorRef webhook, params string[] eventIds)
    {
        foreach (var id in eventIds)
        {
            Assert.Null(_budget.TryTake(OutboxBudget.CostOf(Some.Event(id))));
            if (_intake.Append(Some.Event(id)))
                webhook.Tell(EventsCame.Instance);
        }
    }
}
