using ActorWebhooks.Connections;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Connections;

/// <summary>A node whose webhooks always have something to send: some to endpoints that hang, the others to endpoints that answer.</summary>
internal sealed class SimulatedEndpoints
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly ConnectionTurns _turns;
    private readonly TimeSpan _slowAfter;
    private readonly List<Webhook> _all;
    private TimeSpan _now;

    public SimulatedEndpoints(int max, TimeSpan slowAfter, int hanging, int healthy)
    {
        (_turns, _slowAfter) = (new ConnectionTurns(max, slowAfter), slowAfter);

        // Those that hang come first.
        _all = [.. Enumerable.Range(0, hanging + healthy).Select(i => new Webhook(Hangs: i < hanging))];
        foreach (var webhook in _all)
            Ask(webhook);
    }

    /// <summary>Of the webhooks that are healthy.</summary>
    public TimeSpan LongestFirstWait { get; private set; }

    /// <summary>The longest of all their other waits.</summary>
    public TimeSpan LongestLaterWait { get; private set; }

    public void Run(TimeSpan time)
    {
        for (var end = _now + time; _now < end; _now += Tick)
        {
            foreach (var webhook in _all)
            {
                var held = _now - webhook.Turn.HeldSince;
                if (webhook.Turn.State == TurnState.Holding && held >= (webhook.Hangs ? Timeout : Tick))
                    Finish(webhook, webhook.Hangs ? Outcomes.Timeout : Outcomes.Status(200), held);
            }

            Grant();
            while (_turns.TryRecall(_now) is { } recalled)
                Finish(_all.Single(webhook => webhook.Turn == recalled), AttemptOutcome.BrokenOff(_slowAfter), _slowAfter);
            Grant();
        }

        foreach (var webhook in _all.Where(webhook => webhook.Turn.State == TurnState.Waiting))
            Count(webhook);
    }

    private void Grant()
    {
        while (_turns.TryGrant(_now) is { } granted)
        {
            var webhook = _all.Single(webhook => webhook.Turn == granted);
            Count(webhook);
            webhook.Served++;
        }
    }

    private void Count(Webhook webhook)
    {
        if (webhook.Hangs)
            return;
        var waited = _now - webhook.AskedAt;
        if (webhook.Served == 0)
            LongestFirstWait = waited > LongestFirstWait ? waited : LongestFirstWait;
        else
            LongestLaterWait = waited > LongestLaterWait ? waited : LongestLaterWait;
    }

    private void Finish(Webhook webhook, AttemptOutcome outcome, TimeSpan latency)
    {
        _turns.Leave(webhook.Turn);
        webhook.Class = AttemptClass.Of(outcome, latency, _slowAfter, webhook.Class);
        Ask(webhook);
    }

    private void Ask(Webhook webhook)
    {
        webhook.AskedAt = _now;
        _turns.Ask(webhook.Turn, webhook.Class);
    }

    private sealed record Webhook(bool Hangs)
    {
        public ConnectionTurn Turn { get; } = new();

        public ConnectionClass Class { get; set; } = ConnectionClass.Unproven;

        public TimeSpan AskedAt { get; set; }

        public int Served { get; set; }
    }
}
