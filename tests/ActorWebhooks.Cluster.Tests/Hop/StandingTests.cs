using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Telemetry;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;

namespace ActorWebhooks.Cluster.Tests.Hop;

/// <summary>What the budget of a sending node is told of a webhook that lives elsewhere.</summary>
public sealed class StandingTests
{
    private const long Stream = 7;
    private const long Entity = 3;

    private static readonly HopLimits Limits = new(1024, 10, TimeSpan.FromMilliseconds(1), 4096, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    private readonly Clock _clock = new();
    private readonly OutboxBudget _budget = new(long.MaxValue);
    private readonly OutboxIntake _intake;
    private readonly HopSender _hop;

    public StandingTests()
    {
        _intake = new OutboxIntake(new AcceptanceClock(_clock));
        _hop = new HopSender("audit", Stream, _intake, _budget, Limits, new HopMetrics(new WebhookMetrics()), _clock) { Throttle = TimeSpan.FromSeconds(30) };
    }

    [Fact]
    public void Webhook_delivers_while_it_releases_events_within_its_window_and_a_minute()
    {
        Publish();
        Hear(received: 1, released: 0);
        Assert.Equal(EndpointStanding.Unknown, _budget.Standing);

        _clock.Pass(TimeSpan.FromSeconds(90));
        Hear(received: 1, released: 1);
        Assert.Equal(EndpointStanding.Delivers, _budget.Standing);

        _clock.Pass(TimeSpan.FromHours(1));
        Publish();
        Hear(received: 2, released: 1);
        Assert.Equal(EndpointStanding.Delivers, _budget.Standing);
    }

    [Fact]
    public void Webhook_that_releases_nothing_for_longer_fails_until_it_does()
    {
        Publish();
        Hear(received: 1, released: 0);
        Publish();
        Hear(received: 2, released: 1);
        _clock.Pass(TimeSpan.FromSeconds(91));
        Hear(received: 2, released: 1);
        Assert.Equal(EndpointStanding.Fails, _budget.Standing);

        Hear(received: 2, released: 2);
        Assert.Equal(EndpointStanding.Delivers, _budget.Standing);
    }

    private void Publish()
    {
        var e = WebhookEvent.Create("auth.success", new { });
        Assert.Null(_budget.TryTake(OutboxBudget.CostOf(e)));
        _intake.Append(e);
        Assert.NotNull(_hop.Next());
    }

    private void Hear(long received, long released) => _hop.Hear(new Progress(Stream, Entity, received, received, released, null, ProgressNote.None));

    private sealed class Clock : TimeProvider
    {
        private TimeSpan _elapsed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _elapsed += time;

        public override long GetTimestamp() => _elapsed.Ticks;
    }
}
