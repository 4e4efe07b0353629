using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class ExpiryTests
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly WebhookDefinition Webhook = Some.Webhook with
    {
        DiscardAfter = Age,
        Throttle = TimeSpan.Zero,
        Retry = new RetryDelays(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)),
    };

    [Fact]
    public void Event_expires_one_tick_after_its_age_even_in_the_middle_of_a_backoff()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1").Exchange(503);

        Assert.Equal(Age + Tick, rig.Wait);
        rig.Pass(Age);
        Assert.Equal(Tick, rig.Wait);
        Assert.Equal(0, rig.Status.Dead);
        rig.Pass(Tick);
        Assert.Null(rig.Wait);

        var letter = rig.Machine.DeadLetters.All().Single();
        Assert.Equal(("1", DeadLetterReason.Expired, 503, "said 503"), (letter.Event.Id, letter.Reason, letter.Status, letter.Response));
        Assert.Equal((WebhookState.Idle, 0L), (rig.Status.State, rig.Budget.UsedBytes));
        rig.AssertBalanced();
    }

    [Fact]
    public void Event_that_waits_for_its_window_expires_in_time()
    {
        using var rig = new MachineRig(Webhook with { Throttle = TimeSpan.FromHours(1) });
        rig.Accept("1").Exchange(200);
        rig.Accept("2");

        Assert.Equal(Age + Tick, rig.Wait);
        rig.Pass(Age + Tick);
        Assert.Null(rig.Wait);

        var letter = rig.Machine.DeadLetters.All().Single();
        Assert.Equal(("2", DeadLetterReason.Expired, (int?)null, ""), (letter.Event.Id, letter.Reason, letter.Status, letter.Response));
    }

    [Fact]
    public void Event_of_a_paused_webhook_expires_in_time_and_is_not_announced_as_an_attempt()
    {
        using var rig = new MachineRig(Webhook);
        rig.Machine.Pause();
        rig.Accept("1");

        Assert.Equal(Age + Tick, rig.Wait);
        Assert.Null(rig.Machine.StatusAt(Some.Time).NextAttemptAt);
        rig.Pass(Age + Tick);
        Assert.Null(rig.Wait);

        Assert.Equal(["1"], rig.DeadIds);
    }

    [Fact]
    public void What_is_left_of_a_partly_expired_batch_is_another_batch_and_goes_first()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 0 });
        rig.Machine.Pause();
        rig.Accept("1");
        rig.Pass(Second);
        rig.Accept("2", "3");
        rig.Machine.Resume();
        var first = rig.Exchange(503);
        rig.Accept("4");

        rig.Pass(Age - Second + Tick);
        Assert.Equal(Second, rig.Wait);
        Assert.Equal(["1"], rig.DeadIds);
        rig.Machine.Resume();
        var second = rig.Exchange(200);

        Assert.Equal(["2", "3"], second.Ids);
        Assert.NotEqual(first.BatchId, second.BatchId);
        Assert.Equal(["4"], rig.Exchange(200).Ids);
        rig.AssertBalanced();
    }

    [Fact]
    public void Parts_of_a_split_batch_expire_in_order_and_the_rest_is_delivered()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 0 });
        rig.Machine.Pause();
        rig.Accept("1", "2", "3");
        rig.Pass(Second);
        rig.Accept("4");
        rig.Machine.Resume();
        rig.Exchange(400);
        rig.Exchange(503);

        rig.Pass(Age);
        Assert.NotNull(rig.Wait);
        Assert.Equal(["1", "2", "3"], rig.DeadIds);
        rig.Machine.Resume();

        Assert.Equal(["4"], rig.Exchange(200).Ids);
        Assert.Equal(0, rig.Budget.UsedBytes);
        rig.AssertBalanced();
    }

    [Fact]
    public void Of_a_batch_that_expires_only_the_event_dies_that_fails_alone()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1", "2", "bad", "3", "4").Exchange(500);

        rig.Run(new RefusesBad(500), Age + Tick);

        Assert.Equal(["1", "2", "3", "4"], rig.Delivered);
        Assert.Equal([("bad", DeadLetterReason.Expired)], rig.Machine.DeadLetters.All().Select(letter => (letter.Event.Id, letter.Reason)));
        Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Budget.UsedBytes));
        rig.AssertBalanced();
    }

    [Fact]
    public void Endpoint_that_fails_everything_is_asked_a_few_times_more_and_then_all_that_is_old_expires()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept(Enumerable.Range(0, 100).Select(i => $"{i}")).Exchange(500);
        rig.Accept("behind");
        var requests = rig.Requests.Count;

        rig.Run(new Says(Outcomes.Status(500)), Age + Tick);

        Assert.Equal(101, rig.Status.Dead);
        Assert.InRange(rig.Requests.Count - requests, 5, 40);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}").Append("behind"), rig.DeadIds);
        rig.AssertBalanced();
    }

    [Fact]
    public void Batch_that_failed_without_an_answer_expires_as_a_whole()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1", "2", "3").Exchange(Outcomes.Timeout);

        rig.Pass(Age + Tick);
        Assert.Null(rig.Wait);

        Assert.Equal(["1", "2", "3"], rig.DeadIds);
    }

    [Theory]
    [InlineData(500, 0, 6)]
    [InlineData(500, 0, 16)]
    [InlineData(400, 20, 12)]
    [InlineData(500, 20, 16)]
    [InlineData(409, 34, 16)]
    public void Of_a_run_of_bad_events_that_expires_none_takes_a_good_one_with_it(int status, int place, int bad)
    {
        using var rig = new MachineRig(Webhook);
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => i < place || i >= place + bad ? $"{i}" : $"bad-{i}")];
        rig.Accept(ids).Exchange(status);

        rig.Run(new RefusesBad(status), Age * 2);

        Assert.Equal(ids.Where(id => !id.StartsWith("bad", StringComparison.Ordinal)), rig.Delivered);
        Assert.Equal(ids.Where(id => id.StartsWith("bad", StringComparison.Ordinal)), rig.DeadIds);
        rig.AssertBalanced();
    }

    [Fact]
    public void Good_events_behind_a_bad_batch_are_tried_before_they_expire_with_it()
    {
        using var rig = new MachineRig(Webhook with { Batch = new BatchLimits(4, 100_000) });
        rig.Accept("bad-1", "bad-2", "bad-3", "bad-4", "1", "2", "3", "4", "5", "bad-5", "6").Exchange(500);

        rig.Run(new RefusesBad(500), Age * 2);

        Assert.Equal(["1", "2", "3", "4", "5", "6"], rig.Delivered);
        Assert.Equal(["bad-1", "bad-2", "bad-3", "bad-4", "bad-5"], rig.DeadIds);
        rig.AssertBalanced();
    }

    [Fact]
    public void Events_that_came_one_after_the_other_expire_alone_all_the_same()
    {
        using var rig = new MachineRig(Webhook with { Throttle = Second });
        string[] ids = ["1", "bad-1", "bad-2", "2", "3", "bad-3", "bad-4", "bad-5", "4", "5", "6"];
        rig.Accept("0").Exchange(200);
        foreach (var id in ids)
        {
            rig.Pass(TimeSpan.FromMilliseconds(20));
            rig.Accept(id);
        }

        rig.Run(new RefusesBad(500), Age * 3);

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], rig.Delivered);
        Assert.Equal(ids.Where(id => id.StartsWith("bad", StringComparison.Ordinal)), rig.DeadIds);
        rig.AssertBalanced();
    }

    [Fact]
    public void Endpoint_that_stays_down_is_not_asked_more_often_because_events_expire()
    {
        using var rig = new MachineRig(Webhook);
        for (var i = 0; i < 900; i++)
        {
            rig.Accept($"{i}");
            rig.Run(new Says(Outcomes.Status(500)), TimeSpan.FromSeconds(2));
        }

        // A backoff takes half a minute, so a batch expires that was tried once.
        Assert.InRange(rig.Requests.Count, 40, (1_800 / 30) + 60);
        Assert.InRange(rig.Status.Dead, 890, 900);
        rig.AssertBalanced();
    }

    [Fact]
    public void Endpoint_that_stops_answering_when_events_expire_is_asked_a_few_times_more_and_then_all_that_is_old_expires()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept(Enumerable.Range(0, 100).Select(i => $"{i}")).Exchange(500);

        rig.Run(new Says(Outcomes.Timeout), TimeSpan.FromHours(1));

        Assert.Equal(100, rig.Status.Dead);
        Assert.InRange(rig.Requests.Count, 2, 20);
        rig.AssertBalanced();
    }

    [Fact]
    public void Endpoint_that_asks_for_time_when_events_expire_gets_it_and_the_events_a_chance()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1", "2", "bad", "3").Exchange(500);
        rig.Run(new Says(Outcomes.RetryAfter(429, TimeSpan.FromSeconds(40))), Age + TimeSpan.FromSeconds(1));

        rig.Run(new RefusesBad(500), TimeSpan.FromHours(1));

        Assert.InRange(rig.Requests[2].At - rig.Requests[1].At, TimeSpan.FromSeconds(40), TimeSpan.MaxValue);
        Assert.Equal(["1", "2", "3"], rig.Delivered);
        Assert.Equal(["bad"], rig.DeadIds);
    }

    [Fact]
    public void Search_that_expires_gives_the_neighbours_of_the_suspect_another_chance()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 2, Retry = new RetryDelays(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)) });
        rig.Accept("bad", "1", "2", "3");

        rig.Run(new RefusesBad(500), Age + Tick);

        Assert.Equal(["1", "2", "3"], rig.Delivered.Order());
        Assert.Equal(["bad"], rig.DeadIds);
        rig.AssertBalanced();
    }

    [Fact]
    public void Batch_of_a_paused_webhook_expires_without_a_request()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1", "2").Exchange(500);
        rig.Machine.Pause();

        rig.Pass(Age + Tick);
        Assert.Null(rig.Wait);

        Assert.Equal((1, 2), (rig.Requests.Count, rig.Status.Dead));
    }

    [Fact]
    public void Batch_under_way_is_not_taken_back_and_expires_when_it_failed()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1").Send();
        rig.Pass(Age * 2);

        Assert.Equal(NextStep.Nothing, rig.Machine.Next());
        Assert.Equal(WebhookState.Sending, rig.Status.State);
        rig.Finish(Outcomes.Timeout);
        Assert.Null(rig.Wait);

        Assert.Equal(Outcomes.Timeout.Error, rig.Machine.DeadLetters.All().Single().Response);
    }

    [Fact]
    public void Replayed_event_has_its_whole_age_before_it_again()
    {
        using var rig = new MachineRig(Webhook);
        rig.Machine.Pause();
        rig.Accept("1");
        rig.Pass(Age + Tick);
        Assert.Null(rig.Wait);

        Assert.Equal(1, rig.Machine.Replay());

        Assert.Equal(Age + Tick, rig.Wait);
    }

    [Fact]
    public void Event_that_is_never_discarded_waits_as_long_as_it_takes()
    {
        using var rig = new MachineRig(Webhook with { DiscardAfter = null });
        rig.Machine.Pause();
        rig.Accept("1");

        Assert.Null(rig.Wait);
        rig.Pass(TimeSpan.FromDays(1000));
        Assert.Null(rig.Wait);
        rig.Machine.Resume();

        Assert.Equal(["1"], rig.Exchange(200).Ids);
    }
}
