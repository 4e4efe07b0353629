using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal.Requests;
using ActorWebhooks.Journal.Search;
using ActorWebhooks.Lookup;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal.Attempts;

public sealed class EventSearchTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private AttemptRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Event_that_was_delivered_is_found_in_the_journal_after_a_restart_by_its_attempts()
    {
        _rig.Start();
        _rig.Rig.Publish(3);
        _rig.Rig.AnswerJournal();
        _rig.Rig.AnswerAttempt(503);
        _rig.Pass(TimeSpan.FromMinutes(1));
        _rig.Rig.AnswerJournal();
        _rig.Rig.AnswerAttempt(200);
        _rig.Pass(10 * Second);
        _rig.Rig.AnswerJournal();
        _rig.Start();
        _rig.Rig.AnswerJournal();

        var findings = Find("2");

        Assert.Equal(EventFate.Delivered, EventVerdict.Of(findings));
        Assert.Equal("auth.success", findings.EventType);
        Assert.Equal([Decision.Retry, Decision.Delivered], findings.Attempts.Select(attempt => attempt.Decision));
        Assert.Equal((0, EventPlace.NotFound), (findings.MoreAttempts, findings.Place));
    }

    [Fact]
    public void Attempts_that_are_not_written_yet_are_found_and_once_if_they_may_be_written()
    {
        _rig.Start();
        _rig.Attempt(200);
        Assert.Equal(EventFate.Delivered, EventVerdict.Of(Find("0")));
        _rig.Pass(10 * Second);
        while (_rig.Node.Requests[0] is not WriteRow)
            _rig.Rig.AnswerOne();
        var write = _rig.Node.Requests[0];
        _rig.Rig.Journal.Do(write);

        var findings = Find("0");

        Assert.Single(findings.Attempts);
        Assert.Equal("auth.success", findings.EventType);
    }

    [Fact]
    public void Event_of_which_there_is_nothing_is_unknown_and_it_is_said_since_when_attempts_are_kept()
    {
        _rig.Start();
        var before = Find("none");
        Assert.Equal((EventFate.Unknown, _rig.Rig.Time.GetUtcNow()), (EventVerdict.Of(before), before.Gaps.LogSince));
        _rig.Pass(TimeSpan.FromHours(1));
        _rig.AttemptRow(200);
        var at = _rig.Node.Machine.Attempts.Latest!.At;
        _rig.Pass(TimeSpan.FromHours(1));
        _rig.AttemptRow(200);

        var findings = Find("none");

        Assert.Equal((EventFate.Unknown, at), (EventVerdict.Of(findings), findings.Gaps.LogSince));
        Assert.Equal(findings.Gaps with { LogSince = null }, LookupGaps.InMemory);
    }

    [Fact]
    public void Attempts_over_the_age_are_not_shown_even_where_their_row_is_there()
    {
        _rig = new AttemptRig(maxAge: TimeSpan.FromHours(1));
        _rig.Start();
        _rig.AttemptRow(200);
        _rig.Pass(TimeSpan.FromHours(1));
        _rig.Rig.AnswerJournal();
        Assert.Single(_rig.Rows);

        var findings = Find("0");

        Assert.Equal((EventFate.Unknown, 0), (EventVerdict.Of(findings), findings.Attempts.Length));
        Assert.Equal(_rig.Rig.Time.GetUtcNow() - TimeSpan.FromHours(1), findings.Gaps.LogSince);
    }

    [Fact]
    public void Event_that_waits_is_found_in_memory_and_behind_it()
    {
        _rig.Start();
        _rig.Node.Machine.Pause();
        _rig.Rig.PublishRows(40, eventsOfRow: 10, bytes: 400);
        Assert.True(_rig.Node.Journal.Behind > 100);

        Assert.Equal(EventPlace.Waiting, Find("0").Place);
        var behind = Find("399");
        Assert.Equal((EventPlace.Waiting, "auth.success", EventFate.Waiting), (behind.Place, behind.EventType, EventVerdict.Of(behind)));
        Assert.Equal(EventPlace.NotFound, Find("400").Place);
        Assert.Equal(0, Find("400").Gaps.UnreadWaiting);
    }

    [Fact]
    public void Event_of_the_batch_that_is_being_sent_is_found_there()
    {
        _rig.Start();
        _rig.Rig.Publish(1);
        _rig.Rig.AnswerJournal();

        Assert.Equal(EventPlace.InBatch, Find("0").Place);
    }

    [Fact]
    public void Event_that_waits_behind_memory_is_said_not_to_have_been_looked_for_when_the_time_is_over()
    {
        _rig.Start();
        _rig.Node.Machine.Pause();
        _rig.Rig.PublishRows(60, eventsOfRow: 10, bytes: 400);

        var findings = Find("none", timeOfRead: 2 * Second);

        Assert.Equal(EventFate.Unknown, EventVerdict.Of(findings));
        Assert.InRange(findings.Gaps.UnreadWaiting, 1, _rig.Node.Journal.Behind - 1);
    }

    [Fact]
    public void Dead_letter_is_found_with_its_reason_and_the_attempt_that_refused_it()
    {
        _rig.Start();
        _rig.Attempt(422);
        _rig.Pass(10 * Second);
        _rig.Rig.AnswerJournal();

        var findings = Find("0");

        Assert.Equal(EventFate.Dead, EventVerdict.Of(findings));
        Assert.Equal((DeadLetterReason.Refused, 422), (findings.Letter!.Reason, findings.Letter.Status));
        Assert.Equal(Decision.Refuse, Assert.Single(findings.Attempts).Decision);
        Assert.Equal("auth.success", findings.EventType);
    }

    [Fact]
    public void Dead_letter_that_was_dropped_is_told_from_one_that_was_never_there()
    {
        _rig.Start();
        _rig.Attempt(422);
        _rig.Node.Machine.DropDeadLetters();
        _rig.Node.Work();
        _rig.Rig.AnswerJournal();

        Assert.Equal(EventFate.DeadLetterGone, EventVerdict.Of(Find("0")));
    }

    [Fact]
    public void Dead_letter_that_no_row_holds_yet_is_found()
    {
        _rig.Start();
        _rig.Rig.Publish(1);
        _rig.Rig.AnswerJournal();
        _rig.Rig.AnswerAttempt(422);

        Assert.Equal(EventFate.Dead, EventVerdict.Of(Find("0")));
    }

    [Fact]
    public void Of_many_attempts_the_latest_are_shown_and_the_others_counted()
    {
        _rig.Start();
        _rig.Rig.Publish(1);
        _rig.Rig.AnswerJournal();
        for (var i = 0; i < 60; i++)
        {
            _rig.Rig.AnswerAttempt(503);
            _rig.Pass(TimeSpan.FromMinutes(6));
            _rig.Rig.AnswerJournal();
        }

        var findings = Find("0");

        Assert.Equal((EventFindings.MaxAttempts, 60 - EventFindings.MaxAttempts), (findings.Attempts.Length, findings.MoreAttempts));
        Assert.Equal(findings.Attempts.OrderBy(attempt => attempt.At), findings.Attempts);
        Assert.Equal(_rig.Node.Machine.Attempts.Latest!.BatchId, findings.Attempts[^1].BatchId);
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_counted_and_the_others_searched()
    {
        _rig.Start();
        for (var i = 0; i < 30; i++)
            _rig.AttemptRow(200);
        _rig.Rows.DamageHead(10);
        _rig.Rows.DamageBody(20);

        Assert.Equal((EventFate.Unknown, 2), (EventVerdict.Of(Find("9")), Find("9").Gaps.DamagedRows));
        foreach (var id in (string[])["0", "8", "10", "18", "20", "29"])
            Assert.Equal(EventFate.Delivered, EventVerdict.Of(Find(id)));
    }

    [Fact]
    public void Large_log_is_searched_in_reads_of_some_megabytes()
    {
        _rig = new AttemptRig(batch: 5_000);
        _rig.Start();
        for (var i = 0; i < 30; i++)
        {
            var events = Handing.Run(50_000, Enumerable.Range(0, 50_000).Select(e => Some.Event($"{i}.{e}")));
            _rig.Rig.Publish(1);
            _rig.Rig.AnswerJournal();
            _rig.Node.Journal.Log(new Attempt(_rig.Rig.Time.GetUtcNow(), $"{i}", 50_000, 1, Outcomes.Status(200), Decision.Delivered, default), events);
            _rig.Rig.AnswerAttempt(200);
            _rig.Pass(10 * Second);
            _rig.Rig.AnswerJournal();
        }

        Assert.Equal(30, _rig.Rows.Count);
        Assert.Equal(EventFate.Delivered, EventVerdict.Of(Find("17.4711")));
        Assert.InRange(_mostBytes, 1, 5 * 1024 * 1024);
        Assert.InRange(_reads, 3, 12);
    }

    [Fact]
    public void Journal_that_fails_ends_the_search_and_it_is_said_what_was_not_looked_through()
    {
        _rig.Start();
        _rig.AttemptRow(200);
        var search = new EventSearch(_rig.Node.Journal.Searched, "0", _rig.Node.Machine.Find("0"), _rig.Rig.Time);
        Assert.NotNull(search.Next(1));
        search.BreakOff();

        Assert.Null(search.Next(1));
        Assert.True(search.Findings.Gaps.UnreadAttempts);
        Assert.Equal(EventFate.Unknown, EventVerdict.Of(search.Findings));
    }

    private long _mostBytes;
    private int _reads;

    private EventFindings Find(string id, TimeSpan timeOfRead = default)
    {
        (_mostBytes, _reads) = (0, 0);
        var search = new EventSearch(_rig.Node.Journal.Searched, id, _rig.Node.Machine.Find(id), _rig.Rig.Time);
        for (var i = 0; i < 10_000 && search.Next(i) is { } request; i++)
        {
            _rig.Rig.Time.Pass(timeOfRead);
            var read = Assert.IsType<RowsRead>(_rig.Rig.Journal.Do(request));
            _reads++;
            _mostBytes = Math.Max(_mostBytes, read.Rows.Sum(row => (long)row.Content.Bytes.Length));
            search.Read(read);
        }

        Assert.True(timeOfRead > TimeSpan.Zero || search.Next(0) is null);
        return search.Findings;
    }
}
