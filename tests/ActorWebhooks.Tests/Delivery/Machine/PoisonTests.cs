using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class PoisonTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly WebhookDefinition Webhook = Some.Webhook with { Throttle = TimeSpan.Zero };

    [Theory]
    [InlineData(500)]
    [InlineData(409)]
    [InlineData(503)]
    [InlineData(401)]
    public void Event_that_makes_its_batch_fail_again_and_again_becomes_a_dead_letter_and_the_others_are_delivered(int status)
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1", "2", "bad", "3", "4", "5");
        for (var failures = 0; failures < 7; failures++)
        {
            Assert.Equal(6, rig.Exchange(status).Ids.Length);
            rig.Pass(rig.Wait!.Value);
        }

        Assert.Equal(Decision.Split, Fail(rig, status));
        rig.Run(new RefusesBad(status), Day);

        Assert.Equal(["1", "2", "3", "4", "5"], rig.Delivered);
        var letter = rig.Machine.DeadLetters.All().Single();
        Assert.Equal(("bad", DeadLetterReason.Poisonous, status, $"said {status}"), (letter.Event.Id, letter.Reason, letter.Status, letter.Response));
        Assert.Equal((0, 0), (rig.Status.Waiting, rig.Status.Failures));
        rig.AssertBalanced();
    }

    [Fact]
    public void Whatever_event_is_the_poison_it_alone_is_buried_and_the_others_come_in_order() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 39], Gen.Int[1, 20], Gen.Int[1, 8], Gen.OneOf(500, 409, 503, 404)).Sample((count, place, batch, attempts, status) =>
        {
            using var rig = new MachineRig(Webhook with { PoisonAttempts = attempts, Batch = new BatchLimits(batch, 100_000) });
            var receiver = new RefusesBad(status);
            List<string> ids = [.. Enumerable.Range(0, count).Select(i => $"{i}")];
            ids.Insert(place % (count + 1), "bad");
            rig.Accept(ids);
            rig.Run(receiver, Day);

            // Nothing tells the last event of all from an endpoint in trouble, before another comes.
            rig.Accept("last");
            rig.Run(receiver, Day);

            Assert.Equal(ids.Where(id => id != "bad").Append("last"), rig.Delivered);
            Assert.Equal([("bad", DeadLetterReason.Poisonous)], rig.Machine.DeadLetters.All().Select(letter => (letter.Event.Id, letter.Reason)));
            Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Budget.UsedBytes));
            rig.AssertBalanced();
        });

    [Fact]
    public void Two_poisons_beside_each_other_are_both_found()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1", "bad1", "bad2", "2");
        rig.Run(new RefusesBad(500), Day);
        rig.Accept("3");
        rig.Run(new RefusesBad(500), Day);

        Assert.Equal(["bad1", "bad2"], rig.DeadIds);
        Assert.Equal(["1", "2", "3"], rig.Delivered);
    }

    [Fact]
    public void Endpoint_that_fails_everything_buries_nothing_and_gets_everything_once_it_works() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 20], Gen.Int[1, 8], Gen.Int[1, 40], Gen.OneOf(500, 409, 401)).Sample((count, batch, attempts, hours, status) =>
        {
            using var rig = new MachineRig(Webhook with { PoisonAttempts = attempts, Batch = new BatchLimits(batch, 100_000) });
            rig.Accept("before");
            rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromSeconds(1));
            var ids = Enumerable.Range(0, count).Select(i => $"{i}").ToList();
            rig.Accept(ids);
            rig.Run(new Says(Outcomes.Status(status)), TimeSpan.FromHours(hours));
            Assert.Equal(0, rig.Status.Dead);
            rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromHours(1));

            Assert.Equal(["before", .. ids], rig.Delivered);
            Assert.Equal(0, rig.Status.Dead);
            rig.AssertBalanced();
        });

    [Theory]
    [InlineData(429, 0)]
    [InlineData(503, 40)]
    public void Endpoint_that_asks_for_time_says_nothing_of_the_events(int status, int seconds)
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1", "2");

        rig.Run(new Says(Outcomes.RetryAfter(status, TimeSpan.FromSeconds(seconds))), TimeSpan.FromHours(5));

        Assert.All(rig.Requests, request => Assert.Equal(2, request.Ids.Length));
    }

    [Fact]
    public void Connections_that_fail_say_nothing_of_the_events()
    {
        using var rig = new MachineRig(Webhook);
        rig.Accept("1", "2");

        rig.Run(new Says(Outcomes.Timeout), TimeSpan.FromHours(5));
        rig.Run(new Says(Outcomes.Broken(AttemptEnd.NetworkError)), TimeSpan.FromHours(5));

        Assert.All(rig.Requests, request => Assert.Equal(2, request.Ids.Length));
    }

    [Fact]
    public void Search_can_be_turned_off()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 0 });
        rig.Accept("1", "bad", "2");

        rig.Run(new RefusesBad(500), Day);

        Assert.All(rig.Requests, request => Assert.Equal(3, request.Ids.Length));
        Assert.Equal(0, rig.Status.Dead);
    }

    [Fact]
    public void Event_that_was_tried_before_the_suspect_counts_as_waiting_until_that_is_decided_and_is_not_sent_again()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 1 });
        rig.Accept("bad").Exchange(500);
        rig.Accept("1", "2");
        rig.Pass(rig.Wait!.Value);
        Assert.Equal(["1"], rig.Exchange(200).Ids);
        Assert.Equal((3, 1L), (rig.Status.Waiting, rig.Status.Delivered + 1));
        rig.AssertBalanced();

        Assert.Equal(["bad"], rig.Exchange(500).Ids);
        Assert.Equal((1, 1L, 1), (rig.Status.Waiting, rig.Status.Delivered, rig.Status.Dead));
        Assert.Equal(["2"], rig.Exchange(200).Ids);
        Assert.Equal(0, rig.Budget.UsedBytes);
        rig.AssertBalanced();
    }

    [Fact]
    public void Suspect_has_to_go_on_failing_after_another_has_passed()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 3 });
        rig.Accept("bad", "1");
        rig.Run(new RefusesBad(500), TimeSpan.FromHours(1));
        Assert.Equal(["bad"], rig.DeadIds);

        var passed = rig.Requests.FindIndex(request => request.Outcome?.Status == 200);
        Assert.Equal(3, rig.Requests.Skip(passed + 1).Count());
    }

    [Fact]
    public void Suspect_that_passes_after_all_is_delivered()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 1 });
        rig.Accept("1").Exchange(500);
        rig.Accept("2");
        rig.Pass(rig.Wait!.Value);
        Assert.Equal(["2"], rig.Exchange(200).Ids);

        Assert.Equal(["1"], rig.Exchange(200).Ids);

        Assert.Equal((2L, 0, 0), (rig.Status.Delivered, rig.Status.Dead, rig.Status.Waiting));
        rig.AssertBalanced();
    }

    [Fact]
    public void Suspect_that_expires_takes_nothing_with_it_that_was_delivered()
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 1, DiscardAfter = TimeSpan.FromMinutes(1) });
        rig.Accept("bad").Exchange(500);
        rig.Accept("1", "2");
        rig.Pass(rig.Wait!.Value);
        rig.Exchange(200);
        rig.Exchange(Outcomes.RetryAfter(429, TimeSpan.FromHours(1)));
        rig.Accept("3");

        rig.Pass(TimeSpan.FromMinutes(1) - TimeSpan.FromSeconds(1));
        rig.Accept("4");
        rig.Pass(TimeSpan.FromSeconds(2));
        Assert.NotNull(rig.Wait);

        Assert.Equal(["bad", "2", "3"], rig.DeadIds);
        Assert.Equal((1L, 1), (rig.Status.Delivered, rig.Status.Waiting));
        rig.AssertBalanced();
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("abandon")]
    [InlineData("another endpoint")]
    [InlineData("lossy")]
    public void Search_that_is_broken_off_loses_nothing(string how)
    {
        using var rig = new MachineRig(Webhook with { PoisonAttempts = 1 });
        rig.Accept("bad").Exchange(500);
        rig.Accept("1", "2");
        rig.Pass(rig.Wait!.Value);
        Assert.Equal(["1"], rig.Send().Ids);

        switch (how)
        {
            case "gone":
                rig.Finish(410);
                Assert.Equal(["bad", "1", "2"], rig.DeadIds);
                break;
            case "abandon":
                Assert.Equal(3, rig.Machine.Abandon());
                break;
            case "another endpoint":
                rig.Machine.Reconfigure(rig.Machine.Definition with { Url = new Uri("http://127.0.0.1:9/other") });
                rig.Finish(500);
                rig.Run(new Says(Outcomes.Status(200)), TimeSpan.Zero);
                Assert.Equal(["bad", "1", "2"], rig.Delivered);
                break;
            default:
                rig.Machine.Reconfigure(rig.Machine.Definition with { Lossy = true });
                rig.Finish(500);
                rig.Run(new Says(Outcomes.Status(200)), TimeSpan.FromMinutes(1));
                Assert.Equal(["bad", "1", "2"], rig.Delivered);
                break;
        }

        Assert.Equal((0, 0L), (rig.Status.Waiting, rig.Budget.UsedBytes));
        rig.AssertBalanced();
    }

    [Theory]
    [InlineData(true, 2, 0)]
    [InlineData(false, 3, 0)]
    public void Conflict_over_a_batch_that_was_sent_before_is_a_delivery_if_that_is_configured(bool isDelivered, int requests, int dead)
    {
        using var rig = new MachineRig(Webhook with { ConflictIsDelivered = isDelivered });
        rig.Accept("1", "2").Exchange(Outcomes.Broken(AttemptEnd.NetworkError));
        rig.Pass(rig.Wait!.Value);
        rig.Exchange(409);
        if (rig.Wait is { } wait)
        {
            rig.Pass(wait);
            rig.Exchange(200);
        }

        Assert.Equal((requests, dead, 2L), (rig.Requests.Count, rig.Status.Dead, rig.Status.Delivered));
    }

    [Theory]
    [InlineData(nameof(AttemptEnd.TargetRefused))]
    [InlineData(nameof(AttemptEnd.NetworkError))]
    public void Conflict_over_a_batch_that_was_not_sent_before_is_a_failure(string end)
    {
        using var rig = new MachineRig(Webhook with { ConflictIsDelivered = true });
        rig.Accept("1").Exchange(Outcomes.Broken(Enum.Parse<AttemptEnd>(end)) with { IsUnsent = true });
        rig.Pass(rig.Wait!.Value);
        rig.Exchange(409);
        Assert.Equal((2, 0L), (rig.Status.Failures, rig.Status.Delivered));
        rig.Pass(rig.Wait!.Value);
        rig.Exchange(409);
        Assert.Equal((0, 1L), (rig.Status.Failures, rig.Status.Delivered));

        rig.Accept("2").Exchange(409);
        Assert.Equal((1, 1L), (rig.Status.Failures, rig.Status.Delivered));
    }

    private static Decision Fail(MachineRig rig, int status)
    {
        rig.Send();
        return rig.Finish(status);
    }
}
