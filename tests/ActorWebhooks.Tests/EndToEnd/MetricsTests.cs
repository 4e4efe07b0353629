using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Routing;
using ActorWebhooks.Tests.EndToEnd.Durable;
using ActorWebhooks.Tests.Testing;
using Akka.Actor;

namespace ActorWebhooks.Tests.EndToEnd;

public sealed class MetricsTests
{
    private const string Refused = "webhooks.events.refused";

    // Other tests run in this process; the webhooks of this one are known by their name.
    private readonly string _id = $"metrics-{Guid.NewGuid():N}";

    private readonly ConcurrentDictionary<string, double> _sums = new(StringComparer.Ordinal);

    [Fact]
    public async Task Counters_tell_what_became_of_every_event()
    {
        using var listener = Listen();
        await using var receiver = await Receiver.StartAsync(request =>
            request.Text.Contains("bad", StringComparison.Ordinal) ? 422 : request.Text.Contains("gone", StringComparison.Ordinal) ? 410 : 200);
        await using var host = await WebhookHost.StartAsync($"""
            [webhook.{_id}]
            url = "{receiver.Url}"
            events = "a.*"
            throttle = 0
            """);

        await host.Publisher.PublishAsync(new WebhookEvents([Some.Event("1", "a.b"), Some.Event("2", "not.heard")]));
        await Eventually.Equal(1, () => Sum("webhooks.events.delivered"));
        await host.Publisher.PublishAsync(Some.EventOfSize("large", 300_000));
        await host.Publisher.PublishAsync(Some.Event("bad", "a.b"));
        await Eventually.Equal(1, () => Sum("webhooks.events.dead", nameof(DeadLetterReason.Refused)));
        await host.Publisher.PublishAsync(Some.Event("gone", "a.b"));
        await Eventually.Equal(1, () => Sum("webhooks.events.dead", nameof(DeadLetterReason.Gone)));
        var dropped = await host.Router.Ask<DeadLettersTaken>(
            new ToWebhook(_id, new DropDeadLetters()), TimeSpan.FromSeconds(10));

        Assert.Equal(2, dropped.Count);
        Assert.Equal(2, Sum("webhooks.events.dropped", nameof(DropReason.Discarded)));
        Assert.Equal(3, Sum("webhooks.events.matched"));
        Assert.Equal(3, Sum("webhooks.batch.events"));
        await Eventually.Equal(3, () => Sum("webhooks.attempts"));
        Assert.Equal((1, 2), (Sum("webhooks.attempts", "2xx"), Sum("webhooks.attempts", "4xx")));
        Assert.True(Sum("webhooks.attempt.duration") > 0);
        listener.RecordObservableInstruments();
        Assert.Equal((0, 0), (Sum("webhooks.outbox.events"), Sum("webhooks.outbox.bytes")));
    }

    [Fact]
    public async Task Outbox_gauges_show_what_waits()
    {
        using var listener = Listen();
        await using var receiver = await Receiver.StartAsync(_ => 503);
        await using var host = await WebhookHost.StartAsync($"""
            [webhook.{_id}]
            url = "{receiver.Url}"
            events = "*"
            """);

        await host.Publisher.PublishAsync(new WebhookEvents([Some.Event("1"), Some.Event("2")]));
        listener.RecordObservableInstruments();

        Assert.Equal(2, Sum("webhooks.outbox.events"));
        Assert.Equal(2 * OutboxBudget.CostOf(Some.Event("1")), Sum("webhooks.outbox.bytes"));
    }

    [Fact]
    public async Task Outbox_gauges_show_what_waits_in_the_journal_too()
    {
        using var listener = Listen();
        await using var receiver = await Receiver.StartAsync(_ => 503);
        var durable = new DurableHost($"""
            [webhook.{_id}]
            url = "{receiver.Url}"
            events = "*"
            """);
        await using var host = await durable.StartAsync();

        for (var i = 0; i < 20; i++)
            await host.Publisher.PublishAsync(new WebhookEvents(Enumerable.Range(0, 20).Select(_ => Some.EventOfSize("1", 1000))));
        listener.RecordObservableInstruments();

        Assert.Equal(400, Sum("webhooks.outbox.events"));
        Assert.Equal(400 * OutboxBudget.CostOf(Some.EventOfSize("1", 1000)), Sum("webhooks.outbox.bytes"));
    }

    [Theory]
    [InlineData(JournalTrouble.Fails)]
    [InlineData(JournalTrouble.Rejects)]
    [InlineData(JournalTrouble.IsAway)]
    public async Task Events_that_come_while_the_journal_is_known_to_fail_count_as_refused_with_and_without_a_receipt(JournalTrouble trouble)
    {
        using var listener = Listen();
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(DurableToml(receiver));
        await using var host = await durable.StartAsync();
        Assert.True((await host.Publisher.PublishAsync(Some.Event("before"))).IsAccepted);
        Assert.Equal(0, Sum(Refused));

        durable.Store.Have(trouble);
        Assert.False((await host.Publisher.PublishAsync(Some.Event("unconfirmed"))).IsAccepted);
        await Eventually.Equal(1, () => Sum(Refused, nameof(RefusalReason.JournalUnavailable)));
        Assert.Equal(3, (await host.Publisher.PublishAsync(new WebhookEvents([Some.Event("1"), Some.Event("2"), Some.Event("3")]))).Refusals.Count);
        Assert.Equal(4, Sum(Refused, nameof(RefusalReason.JournalUnavailable)));
        host.Router.Tell(Some.Event("4"));
        host.Router.Tell(new WebhookEvents([Some.Event("5"), Some.Event("6")]));
        Assert.Equal(7, Sum(Refused, nameof(RefusalReason.JournalUnavailable)));

        durable.Store.Have(JournalTrouble.None);
        var refused = 7;
        await Eventually.Equal(true, async () =>
        {
            var receipt = await host.Publisher.PublishAsync(Some.Event("after"));
            refused += receipt.Refusals.Count;
            return receipt.IsAccepted;
        });
        await Eventually.True(() => receiver.EventIds.Contains("after"));

        // The first may have been in the row that was being written.
        Assert.Equal(["before", "after"], receiver.EventIds.Where(id => id != "unconfirmed"));
        await Eventually.Equal(refused, () => Sum(Refused));
        Assert.Equal(refused, Sum(Refused, nameof(RefusalReason.JournalUnavailable)));
    }

    [Fact]
    public async Task Event_without_a_receipt_that_came_before_the_journal_failed_is_kept_and_does_not_count_as_refused()
    {
        using var listener = Listen();
        await using var receiver = await Receiver.StartAsync();
        var durable = new DurableHost(DurableToml(receiver), "actor-webhooks.journal.timeout = 3s");
        await using var host = await durable.StartAsync();
        await Eventually.Equal(WebhookState.Idle, async () =>
            (await host.Router.Ask<WebhookStatus>(new ToWebhook(_id, new GetStatus()), TimeSpan.FromSeconds(10))).State);

        Assert.True((await host.Publisher.PublishAsync(Some.Event("before"))).IsAccepted);
        await Eventually.True(() => receiver.EventIds.Contains("before"));
        await Eventually.Equal(0, async () =>
            (await host.Router.Ask<WebhookStatus>(new ToWebhook(_id, new GetStatus()), TimeSpan.FromSeconds(10))).Waiting);
        var asked = durable.Store.AskedWrites;
        durable.Store.Have(JournalTrouble.Hangs);
        var inRow = host.Publisher.PublishAsync(Some.Event("in-the-row"));
        await Eventually.Equal(asked + 1, () => durable.Store.AskedWrites);
        var behindIt = host.Publisher.PublishAsync(Some.Event("behind-it"));
        host.Router.Tell(Some.Event("without-receipt"));
        Assert.Equal(
            [RefusalReason.JournalUnavailable, RefusalReason.JournalUnavailable],
            (await Task.WhenAll(inRow, behindIt)).Select(receipt => Assert.Single(receipt.Refusals).Reason));
        await Eventually.Equal(2, () => Sum(Refused, nameof(RefusalReason.JournalUnavailable)));

        durable.Store.Have(JournalTrouble.None);
        await Eventually.True(() => receiver.EventIds.Contains("without-receipt"));
        Assert.Equal(["before", "in-the-row", "without-receipt"], receiver.EventIds);
        Assert.Equal((2, 2), (Sum(Refused), Sum(Refused, nameof(RefusalReason.JournalUnavailable))));
    }

    private string DurableToml(Receiver receiver) => $"""
        [webhook.{_id}]
        url = "{receiver.Url}"
        events = "*"
        throttle = 0
        """;

    private double Sum(string instrument, string? reason = null) => _sums.GetValueOrDefault($"{instrument} {reason}");

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "ActorWebhooks")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        return listener;
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? webhook = null, reason = null;
        foreach (var (key, text) in tags)
        {
            if (key == "webhook")
                webhook = (string?)text;
            else
                reason = (string?)text;
        }

        if (webhook != _id)
            return;
        _sums.AddOrUpdate($"{instrument.Name} ", value, (_, sum) => sum + value);
        if (reason is not null)
            _sums.AddOrUpdate($"{instrument.Name} {reason}", value, (_, sum) => sum + value);
    }
}
