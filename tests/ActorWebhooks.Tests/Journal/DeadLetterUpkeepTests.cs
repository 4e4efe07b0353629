using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Journal;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

public sealed class DeadLetterUpkeepTests : IDisposable
{
    private DurableRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Oldest_rows_go_when_there_are_too_many_bytes_and_the_latest_stay()
    {
        StartWith(Some.Letters() with { MaxDurableBytes = 30_000 });
        for (var i = 0; i < 10; i++)
            _rig.Bury(10);

        var kept = _rig.Kept();
        Assert.InRange(kept.Count, 10, 90);
        Assert.Equal(_rig.Published.TakeLast(kept.Count), kept.Select(letter => letter.Event.Id));
        Assert.Equal(kept.Count, _rig.Node.Status.Dead);
        Assert.Equal(100 - kept.Count, _rig.Node.Status.Dropped[DropReason.DeadLetterOverflow]);
        Assert.DoesNotContain(DropReason.DeadLetterExpired, _rig.Node.Status.Dropped.Keys);
    }

    [Fact]
    public void Rows_go_when_they_are_too_old_and_younger_ones_stay()
    {
        StartWith(Some.Letters() with { MaxAge = TimeSpan.FromDays(30) });
        _rig.Bury(5);
        _rig.Time.Pass(TimeSpan.FromDays(20));
        _rig.Bury(3);
        _rig.Time.Pass(TimeSpan.FromDays(11));
        _rig.Run(200);

        Assert.Equal(["5", "6", "7"], _rig.Kept().Select(letter => letter.Event.Id));
        Assert.Equal((3, 5), (_rig.Node.Status.Dead, _rig.Node.Status.Dropped[DropReason.DeadLetterExpired]));
        Assert.DoesNotContain(DropReason.DeadLetterOverflow, _rig.Node.Status.Dropped.Keys);
    }

    [Fact]
    public void Replay_delivers_in_order_and_leaves_what_is_unreadable_behind()
    {
        BuryWithUnreadable();
        Assert.Equal(16, _rig.Node.Machine.Replay());
        _rig.Delivered.Clear();
        _rig.Run(200);

        Assert.Equal(DurableRig.Ids(15, 15), _rig.Delivered);
        Assert.Equal(DeadLetterReason.Unreadable, Assert.Single(_rig.Kept()).Reason);
        Assert.Equal((1, 0), (_rig.Node.Status.Dead, _rig.Node.Status.Waiting));
    }

    [Fact]
    public void Replay_of_nothing_but_unreadable_letters_ends_and_keeps_them()
    {
        BuryWithUnreadable();
        _rig.Node.Machine.Replay();
        _rig.Run(200);
        Assert.Equal(1, _rig.Node.Machine.Replay());
        _rig.Run(200);

        Assert.Equal(DeadLetterReason.Unreadable, Assert.Single(_rig.Kept()).Reason);
        Assert.Equal(1, _rig.Node.Status.Dead);
        Assert.True(_rig.Node.Journal.IsSettled);
    }

    public static TheoryData<int> Moments => [.. Enumerable.Range(0, 16)];

    [Theory]
    [MemberData(nameof(Moments))]
    public void Drop_while_a_replay_is_under_way_counts_each_letter_once_whenever_it_comes(int answers)
    {
        BuryWithUnreadable();
        _rig.Delivered.Clear();
        _rig.Node.Machine.Replay();
        _rig.Node.Work();
        for (; answers > 0; answers--)
            _rig.AnswerOne();

        // What is on its way to the outbox, or there, is replayed.
        var dropped = _rig.Node.Machine.DropDeadLetters();
        _rig.Node.AssertBalanced();
        _rig.Run(200);
        Assert.Empty(_rig.Kept());
        Assert.Equal((0, 0), (_rig.Node.Status.Dead, _rig.Node.Status.Waiting));
        Assert.Equal(dropped, _rig.Node.Status.Dropped.GetValueOrDefault(DropReason.Discarded));
        Assert.Equal(16, dropped + _rig.Delivered.Count);
        Assert.Equal(DurableRig.Ids(15, _rig.Delivered.Count), _rig.Delivered);
        Assert.Equal(0, _rig.Node.Budget.UsedBytes);
    }

    private void StartWith(DeadLetterLimits letters)
    {
        _rig.Dispose();
        _rig = new DurableRig(new JournalLimits(DurableRig.Chunk, DurableRig.Window, 1L << 40), letters);
        _rig.Start();
    }

    // Letters of events 15 to 29, with an unreadable row of five in front of them.
    private void BuryWithUnreadable()
    {
        _rig.Start();
        _rig.PublishRows(3, eventsOfRow: 5);
        _rig.Events.DamageBody(_rig.Events.Keys.ElementAt(1));
        _rig.Start();
        _rig.Run(200);
        Assert.Equal(DeadLetterReason.Unreadable, Assert.Single(_rig.Kept()).Reason);
        for (var i = 0; i < 3; i++)
            _rig.Bury(5);
        Assert.Equal(16, _rig.Node.Status.Dead);
    }
}
