using System.Collections.Immutable;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Matching;
using ActorWebhooks.Outbox;
using ActorWebhooks.Publishing;
using ActorWebhooks.Routing;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;
using Akka.Routing;
using Akka.TestKit.Xunit2;

namespace ActorWebhooks.Tests.Routing;

public sealed class RoutingTests : TestKit
{
    private const int MaxEventBytes = 1000;

    private readonly WebhookMetrics _metrics = new();
    private readonly WebhookRoutingLogic _logic;
    private readonly Router _router;
    private readonly NodeBudget _nodeBudget = new(long.MaxValue);

    public RoutingTests()
    {
        _logic = new WebhookRoutingLogic(_metrics);
        _router = new Router(_logic);
    }

    [Fact]
    public void Event_goes_to_every_webhook_that_listens_and_to_no_other()
    {
        var (all, auth, other) = (NewIntake(), NewIntake(), NewIntake());
        Open(("*", all), ("auth.*", auth), ("store.*", other));

        Send(Some.Event("1", "auth.success"));
        Send(Some.Event("2", "store.ingest"));

        Assert.Equal(["1", "2"], Ids(all));
        Assert.Equal(["1"], Ids(auth));
        Assert.Equal(["2"], Ids(other));
    }

    [Fact]
    public void Many_events_in_one_message_are_routed_one_by_one_in_order()
    {
        var (all, auth) = (NewIntake(), NewIntake());
        Open(("*", all), ("auth.*", auth));

        Send(new WebhookEvents([Some.Event("1", "auth.a"), Some.Event("2", "store.b"), Some.Event("3", "auth.c")]));

        Assert.Equal(["1", "2", "3"], Ids(all));
        Assert.Equal(["1", "3"], Ids(auth));
    }

    [Fact]
    public void What_is_sent_before_the_first_table_is_held_back_and_goes_first()
    {
        var webhook = NewIntake();
        Send(Some.Event("1"));
        Send(new WebhookEvents([Some.Event("2"), Some.Event("3")]));
        Open(("*", webhook));
        Send(Some.Event("4"));

        Assert.Equal(["1", "2", "3", "4"], Ids(webhook));
    }

    [Fact]
    public async Task Each_sender_keeps_its_order_while_the_first_table_comes()
    {
        const int events = 2000;
        var webhook = NewIntake();
        var senders = Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < events; i++)
                Send(Some.Event($"{sender}:{i}"));
        })).ToArray();
        Open(("*", webhook));
        await Task.WhenAll(senders);

        var received = Ids(webhook).ToList();
        Assert.Equal(senders.Length * events, received.Count);
        for (var sender = 0; sender < senders.Length; sender++)
        {
            var own = received.Where(id => id.StartsWith($"{sender}:", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, events).Select(i => $"{sender}:{i}"), own);
        }
    }

    [Fact]
    public async Task Receipt_counts_the_copies_that_all_webhooks_hold()
    {
        var (first, second) = (NewIntake(), NewIntake());
        Open(("*", first), ("auth.*", second));
        var receipt = Publish(Some.Event("1", "auth.a"), Some.Event("2", "store.b"));

        var result = await receipt;
        Assert.True(result.IsAccepted);
        Assert.Equal(3, result.Accepted);
        Assert.Equal(["1", "2"], Ids(first));
        Assert.Equal(["1"], Ids(second));
    }

    [Fact]
    public async Task Nothing_more_is_routed_once_nobody_waits()
    {
        var webhook = NewIntake();
        Assert.True(webhook.TryAwait());
        using var waiting = new CancellationTokenSource();
        Open(new CallbackRef(waiting.Cancel), ("*", webhook, long.MaxValue));
        var receipt = new Receipt();

        Send(new Publication([Some.Event("1"), Some.Event("2"), Some.Event("3")], receipt, waiting.Token));

        Assert.Equal(["1"], Ids(webhook));
        Assert.Equal(1, (await receipt.Task).Accepted);
    }

    [Fact]
    public async Task Event_that_nobody_listens_to_has_a_receipt_without_copies()
    {
        Open(("auth.*", NewIntake()));

        var result = await Publish(Some.Event("1", "store.ingest"));

        Assert.True(result.IsAccepted);
        Assert.Equal(0, result.Accepted);
    }

    [Fact]
    public async Task Webhook_that_is_full_refuses_and_its_neighbour_takes_the_event()
    {
        var (full, roomy) = (NewIntake(), NewIntake());
        Open(("*", full, 100), ("*", roomy, 100_000));

        var receipt = Publish(Some.Event("1"));
        var result = await receipt;
        Assert.Equal(1, result.Accepted);
        Assert.Equal([new PublishRefusal("webhook-0", "1", RefusalReason.OutboxFull)], result.Refusals);
        Assert.Equal(["1"], Ids(roomy));
        Assert.Empty(Ids(full));
    }

    [Fact]
    public async Task Lossy_webhook_is_called_to_give_up_older_events_when_it_is_far_over_its_bound()
    {
        var budget = new OutboxBudget(8 * OutboxBudget.CostOf(Some.Event("0")));
        var notice = new RefusalNotice("lossy", Sys.Log, TimeProvider.System);
        var target = new WebhookTarget("lossy", TestActor, NewIntake(), budget, false, _metrics, notice, notice);
        target.Open(isLossy: true);

        for (var i = 0; i < 9; i++)
            target.Send(Some.Event($"{i}"), null);
        TestActor.Tell("not called yet");
        target.Send(Some.Event("9"), null);
        TestActor.Tell("called");

        await ExpectMsgAsync("not called yet");
        await ExpectMsgAsync<EventsCame>();
        await ExpectMsgAsync("called");
    }

    [Fact]
    public async Task Event_over_the_size_limit_is_refused_for_all()
    {
        var webhook = NewIntake();
        Open(("*", webhook));

        var frame = BatchBody.LengthWithOnly(Some.EventOfSize("1", 100)) - 100;
        var taken = Publish(Some.EventOfSize("1", MaxEventBytes - frame));
        var refused = await Publish(Some.EventOfSize("2", MaxEventBytes - frame + 1));

        Assert.Equal([new PublishRefusal(null, "2", RefusalReason.EventTooLarge)], refused.Refusals);
        Assert.True((await taken).IsAccepted);
        Assert.Equal(["1"], Ids(webhook));
    }

    [Fact]
    public async Task After_closing_everything_is_refused_with_the_reason()
    {
        var webhook = NewIntake();
        Open(("*", webhook));

        _logic.Close();
        Send(Some.Event("1"));
        Send(new WebhookEvents([Some.Event("2")]));
        var result = await Publish(Some.Event("3"));

        Assert.Equal([new PublishRefusal(null, "3", RefusalReason.Stopping)], result.Refusals);
        Assert.Empty(Ids(webhook));
    }

    [Fact]
    public async Task What_was_held_back_is_refused_when_it_closes_before_the_first_table()
    {
        var receipt = Publish(Some.Event("1"));

        _logic.Close();
        Open(("*", NewIntake()));

        Assert.Equal(RefusalReason.Stopping, Assert.Single((await receipt).Refusals).Reason);
        Assert.Equal(RefusalReason.Stopping, Assert.Single((await Publish(Some.Event("2"))).Refusals).Reason);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _metrics.Dispose();
    }

    private static OutboxIntake NewIntake() => new(new AcceptanceClock(TimeProvider.System));

    private static IEnumerable<string> Ids(OutboxIntake webhook) => webhook.Take().Select(e => e.Id);

    private void Open(params (string Pattern, OutboxIntake Intake)[] webhooks) =>
        Open([.. webhooks.Select(webhook => (webhook.Pattern, webhook.Intake, long.MaxValue))]);

    private void Open(params (string Pattern, OutboxIntake Intake, long MaxBytes)[] webhooks) => Open(TestActor, webhooks);

    private void Open(IActorRef actor, params (string Pattern, OutboxIntake Intake, long MaxBytes)[] webhooks)
    {
        var definitions = ImmutableArray.CreateBuilder<WebhookDefinition>();
        var targets = ImmutableArray.CreateBuilder<WebhookTarget>();
        foreach (var (pattern, intake, maxBytes) in webhooks)
        {
            var id = $"webhook-{definitions.Count}";
            definitions.Add(Some.Webhook with { Id = id, Events = [Pattern.Parse(pattern)] });
            var budget = new OutboxBudget(maxBytes, _nodeBudget);
            var notice = new RefusalNotice(id, Sys.Log, TimeProvider.System);
            targets.Add(new WebhookTarget(id, actor, intake, budget, false, _metrics, notice, notice));
        }

        _logic.Open(new RoutingTable(
            definitions.ToImmutable(), targets.ToImmutable(), new RoutingLimits(MaxEventBytes, MatchCacheEntries: 100), _metrics));
    }

    private void Send(object message) => _router.Route(message, ActorRefs.NoSender);

    private Task<PublishReceipt> Publish(params ImmutableArray<WebhookEvent> events)
    {
        var receipt = new Receipt();
        Send(new Publication(events, receipt, CancellationToken.None));
        return receipt.Task;
    }

    /// <summary>An actor that is called on the thread of the sender.</summary>
    private sealed class CallbackRef(Action called) : MinimalActorRef
    {
        public override ActorPath Path => new RootActorPath(Address.AllSystems) / "callback";

        public override IActorRefProvider Provider => throw new NotSupportedException();

        protected override void TellInternal(object message, IActorRef sender) => called();
    }
}
