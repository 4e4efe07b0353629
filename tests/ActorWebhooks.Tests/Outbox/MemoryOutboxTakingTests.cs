using ActorWebhooks.Configuration;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Outbox;

/// <summary>What leaves the outbox otherwise than by being sent.</summary>
public sealed class MemoryOutboxTakingTests
{
    private static readonly BatchLimits Limits = new(100, 100_000);

    private readonly OutboxBudget _budget = new(6 * OutboxBudget.CostOf(Some.Event("0")));
    private readonly ManualTime _time = new();
    private readonly OutboxIntake _intake;
    private readonly MemoryOutbox _outbox;

    public MemoryOutboxTakingTests()
    {
        _intake = new OutboxIntake(new AcceptanceClock(_time));
        _outbox = new MemoryOutbox(_budget, _intake);
    }

    [Fact]
    public void What_is_older_is_taken_from_the_batch_its_parts_and_what_waits_and_the_rest_keeps_its_order()
    {
        Add(0, 1, 2, 3);
        _outbox.StartFlush();
        _outbox.CutBatch(Limits);
        _outbox.Split();
        var batch = _outbox.CutBatch(Limits);
        Add(4, 5);

        Assert.Equal(["0", "1", "2"], Ids(_outbox.TakeOlderThan(TimeSpan.FromTicks(3))));

        Assert.Null(_outbox.Current);
        Assert.True(_outbox.IsFlushing);
        Assert.Equal(["3"], _outbox.CutBatch(Limits).Events.Ids());
        _outbox.Complete();
        Assert.False(_outbox.IsFlushing);
        Assert.Equal(["4", "5"], Ids(_outbox.TakeAll()));
        Assert.Equal(0, _budget.UsedBytes);
        Assert.Throws<ObjectDisposedException>(batch.Body.Retain);
    }

    [Fact]
    public void What_passed_before_its_turn_leaves_behind_the_suspects_and_is_neither_old_nor_overflow()
    {
        Add(0, 1, 2, 3);
        _outbox.StartFlush();
        _outbox.CutBatch(new BatchLimits(1, 100_000));
        Try("1", hasPassed: false);
        Try("2", hasPassed: true);
        Assert.Null(_outbox.Find("2"u8, out _));
        Assert.Equal((4, true, 0), (_outbox.Count, _outbox.IsOvertaken, _outbox.TakeSettled()));

        Assert.Equal(["0", "1"], Ids(_outbox.TakeOlderThan(TimeSpan.FromTicks(3))));

        Assert.Equal((1, 1), (_outbox.TakeSettled(), _outbox.Count));
        _outbox.CutBatch(Limits);
        Add(4, 5, 6);
        Try("4", hasPassed: true);
        Add(7, 8, 9);
        Assert.Equal((0, 1), (_outbox.TakeOverflow(), _outbox.TakeSettled()));
    }

    [Fact]
    public void What_was_tried_and_failed_can_be_tried_once_more_and_comes_in_its_order()
    {
        Add(0, 1, 2, 3);
        _outbox.StartFlush();
        _outbox.CutBatch(new BatchLimits(1, 100_000));
        Try("1", hasPassed: false);
        Try("2", hasPassed: false);
        Assert.Equal(2, _outbox.FailedBehind);

        _outbox.BreakOffProbe();
        Try("1", hasPassed: true);
        Try("2", hasPassed: false);
        Try("3", hasPassed: false);
        Assert.Equal((2, false, true), (_outbox.FailedBehind, _outbox.CanProbe, _outbox.HasOthers));
        _outbox.Complete();

        Assert.Equal(1, _outbox.TakeSettled());
        Assert.Equal(["2", "3"], Ids(_outbox.TakeAll()));
        Assert.Equal(0, _budget.UsedBytes);
    }

    [Fact]
    public void Flush_ends_with_its_own_events_though_some_of_them_expired()
    {
        Add(0, 1, 2);
        _outbox.StartFlush();
        Add(3);

        Assert.Equal(["0", "1"], Ids(_outbox.TakeOlderThan(TimeSpan.FromTicks(2))));

        Assert.Equal(["2"], _outbox.CutBatch(Limits).Events.Ids());
        Assert.False(_outbox.IsFlushing);
    }

    [Fact]
    public void Nothing_is_taken_and_the_batch_stays_as_it_is_when_nothing_is_older()
    {
        Add(1, 2);
        _outbox.StartFlush();
        var batch = _outbox.CutBatch(Limits);

        Assert.Empty(_outbox.TakeOlderThan(TimeSpan.FromTicks(1)));

        Assert.Same(batch, _outbox.Current);
    }

    [Fact]
    public void Overflow_takes_the_oldest_that_are_not_in_the_current_batch()
    {
        Add(0, 1, 2, 3);
        _outbox.StartFlush();
        _outbox.CutBatch(Limits);
        _outbox.Split();
        _outbox.CutBatch(Limits);
        Add(4, 5, 6, 7, 8);

        Assert.Equal(3, _outbox.TakeOverflow());

        Assert.Equal(["0", "1"], Ids(_outbox.TakeBatch()));
        Assert.False(_outbox.IsFlushing);
        Assert.Equal(["5", "6", "7", "8"], Ids(_outbox.TakeAll()));
    }

    [Fact]
    public void Event_without_room_is_not_taken_in()
    {
        Add(0, 1, 2, 3, 4, 5);

        Assert.False(_intake.TryAdd(_budget, Some.Event("6")));

        Assert.Equal(6, _outbox.Count);
        Assert.Equal(6, _outbox.TakeAll().Count);
        Assert.True(_intake.TryAdd(_budget, Some.Event("6")));
    }

    private void Add(params int[] ticks)
    {
        foreach (var at in ticks)
        {
            var e = Some.Event($"{at}");
            _budget.TryTakeLossy(OutboxBudget.CostOf(e));
            _time.Pass(TimeSpan.FromTicks(at) - _time.Elapsed);
            _intake.Append(e);

            // Some are in a page of their own, and some are not.
            if (at % 3 == 0)
                _outbox.TakeIn();
        }

        _outbox.TakeIn();
    }

    private void Try(string id, bool hasPassed)
    {
        Assert.Equal([id], _outbox.Probe().Events.Ids());
        _outbox.EndProbe(hasPassed);
    }

    private static IEnumerable<string> Ids(IEnumerable<WebhookEvent> events) => events.Select(e => e.Id);
}
