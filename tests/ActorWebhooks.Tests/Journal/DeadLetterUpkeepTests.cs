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

    [Theory]
    [InlineData(15)]
    [InlineData(22)]
    [InlineData(29)]
    public void One_letter_is_put_back_alone_and_the_others_stay(int which)
    {
        BuryWithUnreadable();
        _rig.Delivered.Clear();
        var taken = Take(isDrop: false, $"{which}");
        _rig.Run(200);

        Assert.Equal([1], taken);
        Assert.Equal([$"{which}"], _rig.Delivered);
        Assert.Equal(DurableRig.Ids(15, 15).Except([$"{which}"]), KeptIds().Order());
        Assert.Equal(16 - 1, _rig.Kept().Count);
        Assert.Equal((15, 0), (_rig.Node.Status.Dead, _rig.Node.Status.Waiting));
    }

    [Fact]
    public void Some_letters_are_dropped_alone_even_unreadable_ones()
    {
        BuryWithUnreadable();
        _rig.Delivered.Clear();
        var unreadable = Assert.Single(_rig.Kept(), letter => letter.Reason == DeadLetterReason.Unreadable).Event.Id;
        var taken = Take(isDrop: true, unreadable, "17", "28");
        _rig.Run(200);

        Assert.Equal([3], taken);
        Assert.Empty(_rig.Delivered);
        Assert.Equal(DurableRig.Ids(15, 15).Except(["17", "28"]), _rig.Kept().Select(letter => letter.Event.Id).Order());
        Assert.Equal((13, 3), (_rig.Node.Status.Dead, _rig.Node.Status.Dropped[DropReason.Discarded]));
    }

    [Fact]
    public void Letters_are_read_no_further_than_to_the_last_that_is_looked_for()
    {
        BuryWithUnreadable();
        var newest = _rig.DeadLetters.Keys.Max();
        Assert.Equal([1], Take(isDrop: true, "15"));
        _rig.Run(200);

        // The row of five that held it is written anew, without it.
        Assert.InRange(_rig.DeadLetters.Keys.Max(), newest + 1, newest + 2);
    }

    [Fact]
    public void Letter_that_there_is_not_is_looked_for_once_and_nothing_is_lost()
    {
        BuryWithUnreadable();
        Assert.Equal([0], Take(isDrop: true, "nobody"));
        _rig.Run(200);
        Assert.Equal(16, _rig.Node.Status.Dead);
        Assert.Equal(DurableRig.Ids(15, 15), KeptIds().Order());
        Assert.True(_rig.Node.Journal.IsSettled);

        _rig.Node.Machine.DropDeadLetters();
        _rig.Run(200);
        Assert.Equal([0], Take(isDrop: false, "15"));
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Crash_while_letters_are_taken_loses_none(int answers)
    {
        BuryWithUnreadable();
        _rig.Delivered.Clear();
        var taken = new List<int>();
        Assert.True(_rig.Node.Machine.TryTake(Selection(isDrop: false, taken, "18", "27")));
        _rig.Node.Work();
        for (; answers > 0; answers--)
            _rig.AnswerOne();

        _rig.Start();
        _rig.Run(200);
        Assert.Equal(DurableRig.Ids(15, 15), KeptIds().Concat(_rig.Delivered).Distinct().Order());
        Assert.Empty(_rig.Delivered.Except(["18", "27"]));
        Assert.Equal(_rig.Kept().Count, _rig.Node.Status.Dead);
    }

    [Fact]
    public void Only_so_many_selections_are_under_way_and_none_while_all_letters_are_put_back()
    {
        BuryWithUnreadable();
        var taken = new List<int>();
        for (var i = 0; i < 16; i++)
            Assert.True(_rig.Node.Machine.TryTake(Selection(isDrop: i % 2 == 0, taken, $"{15 + (i % 15)}")));
        Assert.False(_rig.Node.Machine.TryTake(Selection(isDrop: true, taken, "20")));
        Assert.Empty(taken);

        // What replays all ends them.
        Assert.Equal(16, _rig.Node.Machine.Replay());
        Assert.Equal(16, taken.Count);
        Assert.False(_rig.Node.Machine.TryTake(Selection(isDrop: true, taken, "20")));
        _rig.Run(200);
        Assert.True(_rig.Node.Machine.TryTake(Selection(isDrop: true, taken, "20")));
    }

    private static LetterSelection Selection(bool isDrop, List<int> taken, params string[] ids) => new(ids.ToHashSet(), isDrop, taken.Add);

    private List<int> Take(bool isDrop, params string[] ids)
    {
        var taken = new List<int>();
        Assert.True(_rig.Node.Machine.TryTake(Selection(isDrop, taken, ids)));
        _rig.Node.Work();
        _rig.AnswerJournal();
        return taken;
    }

    private IEnumerable<string> KeptIds() =>
        _rig.Kept().Where(letter => letter.Reason != DeadLetterReason.Unreadable).Select(letter => letter.Event.Id);

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
