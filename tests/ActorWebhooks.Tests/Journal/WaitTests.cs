using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Outbox;
using ActorWebhooks.Ownership;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

/// <summary>What an endpoint is left alone for stands in the journal.</summary>
public sealed class WaitTests : IDisposable
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly WebhookDefinition Webhook = Some.Webhook with { Throttle = TimeSpan.Zero };

    private readonly DurableRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Time_that_the_endpoint_asked_for_survives_a_crash()
    {
        Begin();
        Fail(Outcomes.RetryAfter(429, TenMinutes));

        _rig.Time.Pass(TimeSpan.FromMinutes(4));
        Begin();

        AssertWaits(TimeSpan.FromMinutes(6), failures: 1);
        Pass(TimeSpan.FromMinutes(6) + (2 * Millisecond));
        Assert.Equal(["0"], _rig.Node.SentIds);
    }

    [Fact]
    public void Step_of_the_backoff_survives_a_crash()
    {
        Begin();
        for (var failures = 1; failures <= 6; failures++)
        {
            Fail(Outcomes.Status(500));
            if (failures < 6)
                Pass(_rig.Node.Machine.Next().LookAgainIn!.Value);
        }

        Begin();

        AssertWaits(TimeSpan.FromSeconds(16), failures: 6);
        Pass(TimeSpan.FromSeconds(17));
        Fail(Outcomes.Status(500));
        Assert.Equal(TimeSpan.FromSeconds(32), _rig.Node.Machine.Next().LookAgainIn);
    }

    [Fact]
    public void Short_waits_cost_no_row_of_their_own_and_long_ones_one()
    {
        Begin();
        var rows = _rig.Events.Count;

        Fail(Outcomes.Status(500));
        Assert.Equal(rows, _rig.Events.Count);
        Pass(TimeSpan.FromSeconds(1));
        Fail(Outcomes.RetryAfter(503, TimeSpan.FromSeconds(5)));

        Assert.Equal(rows + 1, _rig.Events.Count);
    }

    [Fact]
    public void Short_wait_stands_in_the_journal_when_the_webhook_is_told_to_stop()
    {
        Begin();
        Fail(Outcomes.Status(500));

        _rig.Node.Machine.Drain();
        _rig.Node.Machine.Drain();
        _rig.Node.Work();
        _rig.AnswerJournal();
        Assert.True(_rig.Node.Machine.IsDrained);
        Begin();

        Assert.Equal(1, _rig.Node.Status.Failures);
    }

    [Fact]
    public void Owner_that_takes_over_waits_as_long_as_the_former_one_was_asked_to()
    {
        Begin();
        Fail(Outcomes.RetryAfter(503, TenMinutes));
        _rig.Time.Pass(TimeSpan.FromMinutes(1));

        _rig.StartBeside(LeaseState.Held);
        _rig.AnswerJournal();

        AssertWaits(TimeSpan.FromMinutes(9), failures: 1);
        Assert.Equal(2, _rig.Node.Epoch);
        _rig.Node.Dispose();
        Begin();
        AssertWaits(TimeSpan.FromMinutes(9), failures: 1);
    }

    [Fact]
    public void Success_forgets_what_the_journal_says_of_waits()
    {
        Begin();
        Fail(Outcomes.RetryAfter(503, TenMinutes));
        Pass(TenMinutes);
        _rig.AnswerAttempt(200);
        _rig.AnswerJournal();
        _rig.Publish(1);

        Begin(publish: 0);

        Assert.Equal(0, _rig.Node.Status.Failures);
        Assert.Equal(default, NewestState().Wait);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_forgotten_by_hand_does_not_come_back_at_a_restart(bool isResumed)
    {
        Begin();
        Fail(Outcomes.RetryAfter(503, TenMinutes));

        if (isResumed)
            _rig.Node.Machine.Resume();
        else
            _rig.Node.Machine.RetryNow();
        _rig.Node.Work();
        _rig.AnswerJournal();
        Assert.NotNull(_rig.Node.Sent);
        Begin(publish: 0);

        Assert.Equal(0, _rig.Node.Status.Failures);
        Assert.NotNull(_rig.Node.Sent);
    }

    [Fact]
    public void Retry_that_is_asked_for_before_the_journal_is_read_is_made()
    {
        Begin();
        Fail(Outcomes.RetryAfter(503, TenMinutes));

        _rig.Start(Webhook);
        _rig.Node.Machine.RetryNow();
        _rig.AnswerJournal();

        Assert.NotNull(_rig.Node.Sent);
    }

    [Theory]
    [InlineData("url")]
    [InlineData("token")]
    public void Endpoint_that_was_changed_while_no_process_ran_is_tried_at_once(string what)
    {
        Begin();
        Fail(Outcomes.RetryAfter(503, TenMinutes));

        _rig.Start(what == "url" ? Webhook with { Url = new Uri("http://127.0.0.1:9/other") } : Webhook with { Authorization = Authorization.Bearer("token") });
        _rig.AnswerJournal();

        Assert.Equal(0, _rig.Node.Status.Failures);
        Assert.NotNull(_rig.Node.Sent);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public void Rate_is_kept_over_a_stop(int status)
    {
        var webhook = Webhook with { Rate = new RequestRate(1, 'm'), Retry = new RetryDelays(Millisecond, Millisecond) };
        _rig.Start(webhook);
        _rig.AnswerJournal();
        _rig.Publish(1);
        _rig.AnswerJournal();
        _rig.AnswerAttempt(status);
        _rig.Publish(1);
        _rig.AnswerJournal();
        _rig.Node.Machine.Drain();
        _rig.Node.Work();
        _rig.AnswerJournal();
        _rig.Time.Pass(TimeSpan.FromSeconds(20));

        _rig.Start(webhook);
        _rig.AnswerJournal();

        Assert.Null(_rig.Node.Sent);
        Assert.InRange(_rig.Node.Machine.Next().LookAgainIn!.Value, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(40) + (2 * Millisecond));
        Pass(TimeSpan.FromSeconds(40) + (2 * Millisecond));
        Assert.NotNull(_rig.Node.Sent);
    }

    [Fact]
    public void Clock_that_was_set_back_makes_nobody_wait_longer_than_one_may_ask_for()
    {
        Begin();
        var state = NewestState();
        Rewrite(state with { Wait = state.Wait with { Endpoint = EndpointFingerprint.Of(_rig.Node.Machine.Definition), RetryAt = long.MaxValue, Failures = int.MaxValue } });

        Begin(publish: 0);

        AssertWaits(OutcomePolicy.MaxRetryAfter, failures: 1_000);
        Pass(OutcomePolicy.MaxRetryAfter);
        Fail(Outcomes.Status(500));
        Assert.Equal(Some.Webhook.Retry.Max / 2, _rig.Node.Machine.Next().LookAgainIn);
    }

    [Fact]
    public void Webhook_that_failed_and_has_nothing_to_send_any_more_is_not_claimed_for_it()
    {
        Begin();
        Fail(Outcomes.RetryAfter(503, TenMinutes));
        Pass(TimeSpan.FromDays(4));
        Assert.Equal(1, _rig.Node.Status.Dead);
        var epoch = _rig.Node.Epoch;

        Begin(publish: 0);

        Assert.Equal(epoch, _rig.Node.Epoch);
    }

    private void Begin(int publish = 1)
    {
        _rig.Start(Webhook);
        _rig.AnswerJournal();
        if (_rig.Node.Status.Waiting == 0)
            _rig.Publish(publish);
        _rig.AnswerJournal();
    }

    private void Pass(TimeSpan time)
    {
        _rig.Time.Pass(time);
        _rig.Node.Work();
        _rig.AnswerJournal();
    }

    private void Fail(AttemptOutcome outcome)
    {
        Assert.NotNull(_rig.Node.Sent);
        _rig.Node.Finish(outcome);
        _rig.Node.Work();
        _rig.AnswerJournal();
    }

    private void AssertWaits(TimeSpan time, int failures)
    {
        Assert.Null(_rig.Node.Sent);
        Assert.Equal((WebhookState.BackingOff, failures), (_rig.Node.Status.State, _rig.Node.Status.Failures));
        Assert.InRange(_rig.Node.Machine.Next().LookAgainIn!.Value, time, time + (2 * Millisecond));
    }

    private JournalState NewestState()
    {
        Assert.True(RowDecoder.TryReadHead(_rig.Events.Values.Last(), out var head, out var fault), fault);
        return head.State;
    }

    private void Rewrite(JournalState state)
    {
        var (rows, newest) = (_rig.Events, _rig.Events.Values.Last());
        Assert.True(RowDecoder.TryReadHead(newest, out var head, out var fault), fault);
        Assert.True(RowDecoder.TryReadEvents(newest, head, _rig.Time, out var page, out fault), fault);
        rows[rows.Keys.Last()] = RowEncoder.Encode(
            state, page is null ? null : new EventRun([new EventSlice(page, 0, page.Count)]), _rig.Time);
    }
}
