using ActorWebhooks.Connections;

namespace ActorWebhooks.Tests.Connections;

public sealed class ConnectionTurnsTests
{
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    private readonly ConnectionTurns _turns = new(max: 4, SlowAfter);
    private TimeSpan _now;

    [Fact]
    public void Webhook_that_has_had_its_turn_goes_behind_those_that_wait()
    {
        var busy = Enumerable.Range(0, 4).Select(_ => Ask()).ToList();
        Assert.Equal(busy, Granted());
        var (first, second) = (Ask(), Ask());

        _turns.Leave(busy[0]);
        _turns.Ask(busy[0], ConnectionClass.Prompt);
        Assert.Equal([first], Granted());
        _turns.Leave(busy[1]);
        Assert.Equal([second], Granted());
        _turns.Leave(busy[2]);
        Assert.Equal([busy[0]], Granted());
    }

    [Fact]
    public void Slow_webhooks_hold_half_at_most_even_when_nobody_else_wants_any()
    {
        var hanging = Enumerable.Range(0, 10).Select(_ => Ask(ConnectionClass.Hanging)).ToList();
        var slow = Enumerable.Range(0, 10).Select(_ => Ask(ConnectionClass.Slow)).ToList();

        Assert.Equal([slow[0], hanging[0]], Granted());
        var healthy = Ask();
        Assert.Equal([healthy], Granted());
    }

    [Fact]
    public void Slow_webhooks_get_none_beyond_a_quarter_while_others_wait()
    {
        var slow = Enumerable.Range(0, 10).Select(_ => Ask(ConnectionClass.Slow)).ToList();
        var healthy = Enumerable.Range(0, 3).Select(_ => Ask()).ToList();

        Assert.Equal([healthy[0], slow[0], healthy[1], healthy[2]], Granted());
    }

    [Fact]
    public void Free_connection_goes_to_the_classes_in_turn()
    {
        var holders = Enumerable.Range(0, 4).Select(_ => Ask()).ToList();
        Granted();
        var unproven = Ask(ConnectionClass.Unproven);
        var slow = new[] { Ask(ConnectionClass.Slow), Ask(ConnectionClass.Slow) };
        var prompt = Ask();

        foreach (var holder in holders)
            _turns.Leave(holder);

        Assert.Equal([unproven, slow[0], prompt, slow[1]], Granted());
    }

    [Fact]
    public void Oldest_attempt_is_recalled_when_it_is_slow_and_another_webhook_waits_and_not_before()
    {
        var first = Ask();
        Granted();
        _now += SlowAfter / 2;
        var others = Enumerable.Range(0, 3).Select(_ => Ask()).ToList();
        Granted();
        Assert.Null(_turns.RecallAt);

        Ask();
        Assert.Empty(Granted());
        Assert.Equal(SlowAfter, _turns.RecallAt);
        Assert.Null(_turns.TryRecall(_now));
        _now = SlowAfter;
        Assert.Same(first, _turns.TryRecall(_now));

        // One waits, and one was asked.
        _now += SlowAfter;
        Assert.Null(_turns.TryRecall(_now));
        Ask();
        Assert.Same(others[0], _turns.TryRecall(_now));
    }

    [Fact]
    public void Slow_attempt_is_never_recalled_and_slow_webhooks_recall_nobody()
    {
        Ask(ConnectionClass.Slow);
        Ask(ConnectionClass.Hanging);
        Ask();
        Ask();
        Granted();
        _now += SlowAfter * 100;

        Ask(ConnectionClass.Slow);
        Assert.Null(_turns.TryRecall(_now));
        Ask();
        Ask();
        Ask();
        Assert.Equal([ConnectionClass.Prompt, ConnectionClass.Prompt], Recalled().Select(turn => turn.Class));
    }

    private ConnectionTurn Ask(ConnectionClass @class = ConnectionClass.Prompt)
    {
        var turn = new ConnectionTurn();
        _turns.Ask(turn, @class);
        return turn;
    }

    private List<ConnectionTurn> Granted() => TakeWhile(() => _turns.TryGrant(_now));

    private List<ConnectionTurn> Recalled() => TakeWhile(() => _turns.TryRecall(_now));

    private static List<ConnectionTurn> TakeWhile(Func<ConnectionTurn?> next)
    {
        var all = new List<ConnectionTurn>();
        while (next() is { } turn)
            all.Add(turn);
        return all;
    }
}
