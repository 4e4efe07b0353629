using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Tests.Journal;

public sealed class JournalRecoveryTests : IDisposable
{
    private readonly DurableRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Empty_journal_is_the_beginning()
    {
        _rig.Start();
        Assert.Equal(WebhookState.Starting, _rig.Node.Status.State);
        _rig.AnswerJournal();

        Assert.Equal(WebhookState.Idle, _rig.Node.Status.State);
        Assert.Equal((0, 0, 0), (_rig.Node.Status.Accepted, _rig.Node.Status.Waiting, _rig.Node.Status.Dead));
        Assert.Empty(_rig.Events);
    }

    [Fact]
    public void Newest_of_both_streams_is_what_counts_whichever_it_is_in()
    {
        _rig.Start();
        _rig.Publish(4);
        _rig.Run(200);
        _rig.Publish(3);
        _rig.Run(410);
        AssertSameAfterRestart();
        _rig.Node.Machine.Resume();
        _rig.Publish(2);
        _rig.AnswerJournal();
        AssertSameAfterRestart();
        Assert.Equal((4, 3, 2), (_rig.Node.Status.Delivered, _rig.Node.Status.Dead, _rig.Node.Status.Waiting));
    }

    [Fact]
    public void Damaged_newest_row_of_events_is_one_dead_letter_and_the_rest_goes_on()
    {
        _rig.Start();
        _rig.PublishRows(3, eventsOfRow: 5);
        _rig.Events.DamageHead(_rig.Events.Keys.Last());
        _rig.Start();
        _rig.AnswerJournal();
        Assert.Equal(11, _rig.Node.Status.Waiting);
        Assert.Contains("webhook-outbox@1:audit 3", Assert.Single(_rig.Log.Errors), StringComparison.Ordinal);

        _rig.Run(200);
        Assert.Equal(DurableRig.Ids(0, 10), _rig.Delivered);
        Assert.Equal(DeadLetterReason.Unreadable, Assert.Single(_rig.Kept()).Reason);
        _rig.Publish(2);
        _rig.Run(200);
        Assert.Equal(["15", "16"], _rig.Delivered.TakeLast(2));
    }

    [Fact]
    public void Damaged_newest_row_of_events_that_the_other_stream_knows_of_is_counted_once()
    {
        _rig.Start();
        _rig.Publish(3);
        _rig.Run(410);
        var newest = _rig.Events.Keys.Last();
        _rig.Events.DamageHead(newest);
        var accepted = _rig.Node.Status.Accepted;
        _rig.Start();
        _rig.AnswerJournal();

        Assert.Equal((accepted, 0, 3), (_rig.Node.Status.Accepted, _rig.Node.Status.Waiting, _rig.Node.Status.Dead));
    }

    [Fact]
    public void Damaged_newest_row_of_dead_letters_is_lost_and_their_events_and_the_older_letters_are_not()
    {
        _rig.Start();
        _rig.Bury(2);
        _rig.Publish(3);
        _rig.Run(410);
        var row = _rig.DeadLetters.Keys.Last();
        _rig.DeadLetters.DamageHead(row);
        _rig.Start();
        _rig.AnswerJournal();
        _rig.Node.Machine.Resume();
        _rig.Node.Machine.Replay();
        _rig.Run(200);

        Assert.Contains(_rig.Log.Errors, line => line.Contains($"webhook-dead@1:audit {row}", StringComparison.Ordinal));
        Assert.Equal(["0", "1"], _rig.Delivered.Intersect(["0", "1"]));
        Assert.Equal((0, 0), (_rig.Node.Status.Dead, _rig.Node.Status.Waiting));
        _rig.Bury(2);
        Assert.Equal(["5", "6"], _rig.Kept().Select(letter => letter.Event.Id));
        Assert.Equal(2, _rig.Node.Status.Dead);
    }

    [Fact]
    public void Missing_row_loses_its_events_alone_and_says_so()
    {
        _rig.Start();
        _rig.PublishRows(3, eventsOfRow: 5);
        _rig.Events.Remove(2);
        _rig.Start();
        _rig.Run(200);

        Assert.Equal([.. DurableRig.Ids(0, 5), .. DurableRig.Ids(10, 5)], _rig.Delivered);
        Assert.Equal((0, 5), (_rig.Node.Status.Waiting, _rig.Unreadable));
        Assert.Contains("5 events are lost", Assert.Single(_rig.Log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_without_a_row_that_can_be_read_is_told_row_by_row_and_taken_on()
    {
        _rig.Start();
        _rig.PublishRows(3, eventsOfRow: 5);
        foreach (var row in _rig.Events.Keys.ToList())
            _rig.Events.DamageHead(row);
        _rig.Start();
        _rig.Run(200);
        Assert.Equal((3, 0), (_rig.Node.Status.Dead, _rig.Node.Status.Waiting));
        _rig.Publish(2);
        _rig.Run(200);

        Assert.Equal(["15", "16"], _rig.Delivered);
    }

    [Fact]
    public void Damaged_row_that_is_the_only_one_left_does_not_have_all_deleted_ones_looked_for()
    {
        _rig.Start();
        for (var i = 0; i < 500; i++)
        {
            _rig.Publish(1, bytes: 20);
            _rig.AnswerJournal();
            _rig.AnswerAttempt(200);
            _rig.AnswerJournal();
            _rig.Time.Pass(TimeSpan.FromSeconds(1));
            _rig.Node.Work();
        }

        _rig.Run(200);
        var newest = _rig.Events.Keys.Last();
        Assert.InRange(newest, 500, 2_000);
        foreach (var row in _rig.Events.Keys.Where(row => row < newest).ToList())
            _rig.Events.Remove(row);
        _rig.Events.DamageHead(newest);
        _rig.Start();
        var reads = 0;
        while (!_rig.Node.Journal.IsRecovered && _rig.AnswerOne())
            reads++;

        Assert.InRange(reads, 1, 10);
        Assert.InRange(_rig.Log.Errors.Count(), 1, 3);
        _rig.Publish(2);
        _rig.Run(200);
        Assert.Equal(["500", "501"], _rig.Delivered.TakeLast(2));
    }

    private void AssertSameAfterRestart()
    {
        var before = _rig.Node.Status;
        _rig.Start();
        _rig.AnswerJournal();
        var after = _rig.Node.Status;
        Assert.Equal((before.Accepted, before.Delivered, before.Waiting, before.Dead), (after.Accepted, after.Delivered, after.Waiting, after.Dead));
        Assert.Equal(before.Dropped.OrderBy(pair => pair.Key), after.Dropped.OrderBy(pair => pair.Key));
    }
}
