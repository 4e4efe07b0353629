using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Attempts;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal.Attempts;

public sealed class AttemptRecorderTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private AttemptRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Attempts_of_some_seconds_go_along_with_a_row_of_events()
    {
        _rig.Start();
        _rig.AttemptRow(200);
        _rig.Attempt(200);
        _rig.Attempt(200);
        Assert.Single(_rig.Rows);
        _rig.Pass(2 * Second);
        Assert.Empty(_rig.Requests);

        _rig.Attempt(200);

        var head = AttemptRig.HeadOf(_rig.Rows[2]);
        Assert.Equal((1, 2, 0), (head.Epoch, head.Count, head.Missed));
        Assert.Equal(Decision.Delivered, Assert.Single(_rig.Find("2")).Decision);
        Assert.Empty(_rig.Find("3"));
    }

    [Fact]
    public void Attempts_that_find_no_company_are_written_within_ten_seconds()
    {
        _rig.Start();
        _rig.Attempt(200);
        Assert.Equal(10 * Second, _rig.Node.Journal.AttemptsDueIn);
        _rig.Pass(9.9 * Second);
        Assert.Empty(_rig.Requests);

        _rig.Pass(0.1 * Second);
        _rig.Rig.AnswerJournal();

        Assert.Single(_rig.Find("0"));
        Assert.Null(_rig.Node.Journal.AttemptsDueIn);
    }

    [Fact]
    public void Webhook_that_sends_nothing_asks_for_nothing_of_its_log()
    {
        _rig.Start();
        _rig.Rig.Publish(1);
        _rig.Rig.AnswerJournal();
        _rig.Pass(TimeSpan.FromHours(1));

        Assert.Empty(_rig.Requests);
        Assert.Empty(_rig.Rows);
        Assert.Null(_rig.Node.Journal.AttemptsDueIn);
    }

    [Fact]
    public void Failed_attempts_of_a_batch_and_the_one_that_passed_are_all_found_by_each_of_its_events()
    {
        _rig.Start();
        _rig.Rig.Publish(3);
        _rig.Rig.AnswerJournal();
        for (var attempts = 0; attempts < 3; attempts++)
        {
            _rig.Rig.AnswerAttempt(503);
            _rig.Pass(TimeSpan.FromMinutes(5));
            _rig.Rig.AnswerJournal();
        }

        _rig.Rig.AnswerAttempt(200);
        _rig.Pass(10 * Second);
        _rig.Rig.AnswerJournal();

        Assert.Equal([Decision.Retry, Decision.Retry, Decision.Retry, Decision.Delivered], _rig.Find("2").Select(attempt => attempt.Decision));
        Assert.Equal(_rig.Find("1"), _rig.Find("2"));
        Assert.Equal([503, 503, 503, 200], _rig.Find("1").Select(attempt => attempt.Outcome.Status));
        Assert.Equal(_rig.Node.Machine.Attempts.All.Select(attempt => attempt.BatchId), _rig.Find("1").Select(attempt => attempt.BatchId));
    }

    [Fact]
    public void Log_goes_on_behind_what_the_process_before_left()
    {
        _rig.Start();
        _rig.AttemptRow(200);
        _rig.AttemptRow(200);
        _rig.Start();
        _rig.AttemptRow(200);

        Assert.Equal([1, 2, 3], _rig.Rows.Keys);
        var heads = _rig.Rows.Values.Select(AttemptRig.HeadOf).ToArray();
        Assert.Equal([1, 1, 2], heads.Select(head => head.Epoch));
        Assert.Equal(0, heads[0].Before);
        Assert.Equal(_rig.Rows[1].Bytes.Length, heads[1].Before);
        Assert.Equal(_rig.Rows[1].Bytes.Length + _rig.Rows[2].Bytes.Length, heads[2].Before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Row_of_which_the_journal_does_not_say_that_it_is_there_is_looked_for_and_is_there_once(bool isDone)
    {
        _rig.Start();
        _rig.AttemptRow(200);
        _rig.Attempt(200);
        _rig.Pass(10 * Second);
        var write = Assert.IsType<WriteRow>(Assert.Single(_rig.Node.Requests));
        _rig.Node.Requests.Clear();
        if (isDone)
            _rig.Rig.Journal.Do(write);
        _rig.Rig.Answer(new JournalFailed(write.Number, "the test says so"));
        Assert.Empty(_rig.Requests);
        Assert.Equal(TimeSpan.FromMilliseconds(100), _rig.Node.Journal.AttemptsDueIn);

        _rig.Pass(Second);
        _rig.Rig.AnswerJournal();

        Assert.Equal([1, 2], _rig.Rows.Keys);
        Assert.Single(_rig.Find("1"));
        Assert.False(_rig.Node.Journal.IsFailing);
    }

    [Fact]
    public void Row_of_a_former_owner_that_comes_late_stays_and_the_log_goes_on_behind_it()
    {
        _rig.Start();
        _rig.AttemptRow(200);
        _rig.Attempt(200);
        _rig.Pass(10 * Second);
        var late = Assert.Single(_rig.Requests);
        _rig.Start();
        _rig.Attempt(200);
        _rig.Pass(10 * Second);
        while (_rig.Node.Requests[0] is not WriteRow { PersistenceId: var id } || id != AttemptRig.Stream)
            _rig.Rig.AnswerOne();
        Assert.IsType<RowWritten>(_rig.Rig.Journal.Do(late));
        _rig.Rig.AnswerJournal();
        _rig.Pass(Second);
        _rig.Rig.AnswerJournal();

        Assert.Equal([1L, 1L, 2L], _rig.Rows.Values.Select(row => AttemptRig.HeadOf(row).Epoch));
        Assert.Equal([1, 2, 3], _rig.Rows.Keys);
        Assert.Equal(_rig.Rows[1].Bytes.Length + _rig.Rows[2].Bytes.Length, AttemptRig.HeadOf(_rig.Rows[3]).Before);
        Assert.Single(_rig.Find("1"));
        Assert.Single(_rig.Find("2"));
        Assert.Empty(_rig.Rig.Log.Errors);
    }

    [Fact]
    public void Former_owner_that_finds_the_row_of_a_later_one_writes_no_more_of_its_log()
    {
        _rig.Start();
        _rig.AttemptRow(200);
        _rig.Attempt(200);
        var former = _rig.Node;
        var draft = new AttemptDraft(1);
        draft.Add(former.Machine.Attempts.Latest!, Handing.Run(1, Some.Event("of.the.later")));
        _rig.Rows[2] = draft.Encode(epoch: 2, before: 0);
        _rig.Pass(10 * Second);
        _rig.Rig.AnswerJournal();
        _rig.Pass(10 * Second);
        _rig.Rig.AnswerJournal();

        Assert.Equal([1, 2], _rig.Rows.Keys);
        Assert.Single(_rig.Find("of.the.later"));
        Assert.True(former.Journal.IsSettled);
        Assert.False(former.Journal.IsDisplaced);
    }

    [Fact]
    public void Oldest_rows_go_before_there_are_more_bytes_than_allowed()
    {
        _rig = new AttemptRig(maxBytes: 20_000);
        _rig.Start();
        var most = 0L;
        for (var i = 0; i < 400; i++)
        {
            _rig.AttemptRow(200, events: 1 + (i % 40));
            most = Math.Max(most, _rig.Bytes);
        }

        Assert.InRange(most, 15_000, 20_000);
        Assert.InRange(_rig.Bytes, 15_000, 20_000);
        Assert.Equal(400, _rig.Rows.Keys.Last());
        Assert.Equal(_rig.Rows.Count, 400 - _rig.Rows.Keys.First() + 1);
        Assert.Empty(_rig.Find("0"));
    }

    [Fact]
    public void Deletes_are_few()
    {
        _rig = new AttemptRig(maxBytes: 20_000);
        _rig.Start();
        var deletes = 0;
        for (var i = 0; i < 400; i++)
        {
            _rig.Attempt(200, events: 20);
            _rig.Pass(10 * Second);
            while (_rig.Node.Requests.Count > 0)
            {
                deletes += _rig.Node.Requests[0] is DeleteRows { PersistenceId: var id } && id == AttemptRig.Stream ? 1 : 0;
                _rig.Rig.AnswerOne();
            }
        }

        Assert.InRange(deletes, 1, 60);
    }

    [Fact]
    public void Old_rows_go_and_the_newest_stays()
    {
        _rig = new AttemptRig(maxAge: TimeSpan.FromHours(1));
        _rig.Start();
        for (var i = 0; i < 20; i++)
            _rig.AttemptRow(200);
        _rig.Pass(TimeSpan.FromHours(2));
        _rig.Rig.AnswerJournal();
        Assert.Equal([20], _rig.Rows.Keys);

        _rig.AttemptRow(200);

        Assert.Equal([21], _rig.Rows.Keys);
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_told_and_go_when_they_are_the_oldest()
    {
        _rig = new AttemptRig(maxAge: TimeSpan.FromHours(1));
        _rig.Start();
        for (var i = 0; i < 8; i++)
            _rig.AttemptRow(200);
        _rig.Rows.DamageHead(1);
        _rig.Rows.DamageHead(5);
        _rig.Start();
        _rig.AttemptRow(200);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9], _rig.Rows.Keys);
        Assert.Contains($"damaged journal row {AttemptRig.Stream} 1:", Assert.Single(_rig.Rig.Log.Errors), StringComparison.Ordinal);

        for (var i = 0; i < 3; i++)
        {
            _rig.Pass(TimeSpan.FromHours(2));
            _rig.Rig.AnswerJournal();
        }

        Assert.Equal([9], _rig.Rows.Keys);
    }

    [Fact]
    public void Damaged_newest_row_does_not_make_the_log_forget_what_is_before_it()
    {
        _rig.Start();
        for (var i = 0; i < 4; i++)
            _rig.AttemptRow(200);
        var bytes = _rig.Bytes;
        _rig.Rows.DamageHead(4);
        _rig.Start();
        _rig.AttemptRow(200);

        Assert.Equal([1, 2, 3, 4, 5], _rig.Rows.Keys);
        Assert.Equal(bytes, AttemptRig.HeadOf(_rig.Rows[5]).Before);
    }

    [Fact]
    public void Attempts_that_come_faster_than_the_journal_writes_are_counted_as_missed()
    {
        _rig = new AttemptRig(batch: 2_000);
        _rig.Start();
        _rig.Rig.Publish(1);
        _rig.Rig.AnswerJournal();

        // Their batches would be in memory at once; one run of events serves for all.
        var events = Handing.Run(40_000, Enumerable.Range(0, 40_000).Select(i => Some.Event($"{i}")));
        for (var i = 0; i < 8; i++)
            _rig.Node.Journal.Log(new Attempt(Some.Time, $"batch {i}", 40_000, 1, Outcomes.Status(200), Decision.Delivered, default), events);
        _rig.Pass(10 * Second);
        _rig.Rig.AnswerJournal();
        _rig.AttemptRow(200);

        Assert.Equal([(5, 0L), (1, 3L)], _rig.Rows.Values.Select(AttemptRig.HeadOf).Select(head => (head.Count, head.Missed)));
    }

    [Fact]
    public void Webhook_that_drains_writes_its_attempts_at_once_and_is_drained_then()
    {
        _rig.Start();
        _rig.Attempt(200);
        Assert.False(_rig.Node.Journal.IsSettled);
        _rig.Node.Machine.Drain();
        Assert.False(_rig.Node.Machine.IsDrained);
        _rig.Node.Work();
        _rig.Rig.AnswerJournal();

        Assert.True(_rig.Node.Machine.IsDrained);
        Assert.Single(_rig.Find("0"));
    }

    [Fact]
    public void Log_that_cannot_be_written_does_not_keep_a_webhook_from_being_drained()
    {
        _rig.Start();
        _rig.Attempt(200);
        _rig.Node.Machine.Drain();
        _rig.Node.Work();
        var request = Assert.Single(_rig.Node.Requests);
        _rig.Node.Requests.Clear();
        _rig.Rig.Answer(new JournalFailed(request.Number, "the test says so"));

        Assert.True(_rig.Node.Machine.IsDrained);
    }

    [Fact]
    public void Log_that_could_not_be_written_before_does_not_keep_a_webhook_from_being_drained()
    {
        _rig.Start();
        _rig.Attempt(200);
        _rig.Pass(10 * Second);
        var request = Assert.Single(_rig.Requests);
        _rig.Node.Requests.Clear();
        _rig.Rig.Answer(new JournalFailed(request.Number, "the test says so"));
        _rig.Node.Machine.Drain();
        _rig.Node.Work();

        Assert.Empty(_rig.Requests);
        Assert.True(_rig.Node.Machine.IsDrained);
    }

    [Fact]
    public void Log_goes_on_when_a_webhook_that_drained_is_wanted_again_and_its_last_row_was_written_after_all()
    {
        _rig.Start();
        _rig.Attempt(200);
        _rig.Node.Machine.Drain();
        _rig.Node.Work();
        while (_rig.Node.Requests[0] is not WriteRow)
            _rig.Rig.AnswerOne();
        var write = Assert.Single(_rig.Node.Requests);
        _rig.Node.Requests.Clear();
        _rig.Rig.Journal.Do(write);
        _rig.Rig.Answer(new JournalFailed(write.Number, "the test says so"));
        _rig.Node.Machine.Reconfigure(_rig.Node.Machine.Definition);
        _rig.Pass(10 * Second);
        _rig.AttemptRow(200);

        Assert.Equal([(1, 0L), (1, 1L)], _rig.Rows.Values.Select(AttemptRig.HeadOf).Select(head => (head.Count, head.Missed)));
    }

    [Fact]
    public void Nothing_of_a_lossy_webhook_is_kept()
    {
        _rig.Rig.Start(Some.Webhook with { Throttle = TimeSpan.Zero, Lossy = true });
        _rig.Rig.Publish(1);
        _rig.Rig.AnswerJournal();
        _rig.Rig.AnswerAttempt(200);
        _rig.Pass(10 * Second);
        _rig.Rig.AnswerJournal();

        Assert.Empty(_rig.Rows);
        Assert.Null(_rig.Node.Journal.Searched.Attempts);
    }

    [Fact]
    public void Time_of_a_webhook_whose_journal_fails_is_not_spent_asking_for_its_log()
    {
        _rig.Start();
        _rig.Attempt(200);
        _rig.Rig.Publish(1);
        while (_rig.Node.Requests.Count > 0 && !_rig.Node.Journal.IsFailing)
        {
            var request = _rig.Node.Requests[0];
            _rig.Node.Requests.RemoveAt(0);
            _rig.Rig.Answer(new JournalFailed(request.Number, "the test says so", IsTimeout: true));
        }

        Assert.True(_rig.Node.Journal.IsFailing);
        Assert.NotNull(_rig.Node.Journal.RetryIn);
        Assert.Null(_rig.Node.Journal.AttemptsDueIn);
    }
}
