using ActorWebhooks.Cluster.Hop;
using ActorWebhooks.Cluster.Telemetry;
using ActorWebhooks.Outbox;
using ActorWebhooks.Telemetry;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Cluster.Tests.Hop;

/// <summary>A webhook moves, and its new life is heard of before the last word of the former one, which comes from another node.</summary>
public sealed class LastWordTests
{
    private const long Stream = 7;
    private const long Former = 3;
    private const long Next = 4;

    private static readonly HopLimits Limits = new(1024, 1, TimeSpan.FromMilliseconds(1), 4096, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    private readonly ManualTime _time = new();
    private readonly OutboxBudget _budget = new(long.MaxValue);
    private readonly OutboxIntake _intake;
    private readonly HopSender _hop;

    public LastWordTests()
    {
        _intake = new OutboxIntake(new AcceptanceClock(_time));
        _hop = new HopSender("audit", Stream, _intake, _budget, Limits, new HopMetrics(new WebhookMetrics()), _time);
        for (var i = 0; i < 3; i++)
        {
            var e = WebhookEvent.Create("auth.success", new { });
            Assert.Null(_budget.TryTake(OutboxBudget.CostOf(e)));
            _intake.Append(e);
        }

        Assert.Equal([0, 1, 2], Sent());

        // Two have arrived; the third waits where sharding keeps it until the webhook has moved.
        _hop.Hear(new Progress(Stream, Former, Received: 2, Held: 2, Released: 0));
        _hop.Hear(new Progress(Stream, Next, Received: 0, Held: 0, Released: 0, Note: ProgressNote.Gap));
    }

    [Fact]
    public void What_the_former_life_has_delivered_is_not_sent_to_the_next_one()
    {
        Assert.Empty(Sent());

        _hop.Hear(new Progress(Stream, Former, Received: 2, Held: 2, Released: 2, Note: ProgressNote.Leaving));

        Assert.Equal([2], Sent());
    }

    [Fact]
    public void All_is_sent_when_the_former_life_has_died_and_says_nothing()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(250), _hop.LookAgainIn());

        _time.Pass(TimeSpan.FromMilliseconds(250));

        Assert.Equal([0], Sent());
        _hop.Hear(new Progress(Stream, Next, Received: 1, Held: 1, Released: 0));
        Assert.Equal([1, 2], Sent());
    }

    [Fact]
    public void All_is_sent_at_once_when_its_node_is_lost()
    {
        _hop.Restart();

        Assert.Equal([0], Sent());
    }

    private List<long> Sent()
    {
        List<long> sent = [];
        while (_hop.Next() is { } bundle)
            sent.Add(bundle.From);
        return sent;
    }
}
