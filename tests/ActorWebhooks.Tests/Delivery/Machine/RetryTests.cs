using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class RetryTests
{
    private static readonly long CostOfOne = OutboxBudget.CostOf(Some.Event("1"));

    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    public void Failed_batch_is_sent_again_with_the_same_bytes_and_id_and_later_events_wait(int status)
    {
        using var rig = new MachineRig(Some.Webhook with { PoisonAttempts = 0 });
        var first = rig.Accept("1", "2").Exchange(status);
        rig.Accept("3");

        for (var failures = 1; failures <= 20; failures++)
        {
            Assert.Equal(WebhookState.BackingOff, rig.Status.State);
            Assert.Equal(failures, rig.Status.Failures);
            Assert.Equal(TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, failures - 1)) / 2), rig.Wait);
            rig.Pass(rig.Wait!.Value);
            var again = rig.Exchange(status);
            Assert.Equal((first.BatchId, first.Body), (again.BatchId, again.Body));
        }

        rig.Pass(rig.Wait!.Value);
        rig.Exchange(200);
        Assert.Equal(["1", "2"], rig.Delivered);
        Assert.Equal(["3"], rig.Exchange(200).Ids);
        Assert.Equal(0, rig.Status.Failures);
        rig.AssertBalanced();
    }

    [Theory]
    [InlineData(429, 40, 40)]
    [InlineData(503, 40, 40)]
    [InlineData(503, 100_000, 3600)]
    [InlineData(503, 0.1, 0.5)]
    [InlineData(502, 40, 0.5)]
    public void Endpoint_is_left_alone_as_long_as_it_asks_and_an_hour_at_most(int status, double asked, double seconds)
    {
        using var rig = new MachineRig();
        rig.Accept("1").Exchange(Outcomes.RetryAfter(status, TimeSpan.FromSeconds(asked)));

        Assert.Equal(TimeSpan.FromSeconds(seconds), rig.Wait);
    }

    [Fact]
    public void Lossy_webhook_drops_a_failed_batch_counts_it_and_goes_on_after_the_backoff()
    {
        using var rig = new MachineRig(Some.Webhook with { Lossy = true, Throttle = TimeSpan.Zero });
        rig.Accept("1", "2").Send();
        rig.Accept("3");

        Assert.Equal(Decision.Drop, rig.Finish(422));

        Assert.Equal(2, rig.Status.Dropped[DropReason.Lossy]);
        Assert.Equal(TimeSpan.FromMilliseconds(500), rig.Wait);
        rig.Pass(rig.Wait!.Value);
        Assert.Equal(["3"], rig.Exchange(200).Ids);
        Assert.Equal((0, 1L), (rig.Status.Dead, rig.Status.Delivered));
        rig.AssertBalanced();
    }

    [Fact]
    public void Lossy_webhook_that_is_full_gives_up_the_oldest_and_never_what_is_under_way()
    {
        using var rig = new MachineRig(Some.Webhook with { Lossy = true, Throttle = TimeSpan.Zero }, maxBytes: 5 * CostOfOne);
        rig.Accept("1").Send();

        rig.Accept("2", "3", "4", "5", "6", "7");

        Assert.Equal(2, rig.Status.Dropped[DropReason.Overflow]);
        rig.Finish(200);
        Assert.Equal(["4", "5", "6", "7"], rig.Exchange(200).Ids);
        Assert.Equal(0, rig.Budget.UsedBytes);
        rig.AssertBalanced();
    }

    [Fact]
    public void Lossy_webhook_gives_up_the_rest_of_its_flush_before_what_came_later()
    {
        using var rig = new MachineRig(
            Some.Webhook with { Lossy = true, Throttle = TimeSpan.Zero, Batch = new BatchLimits(1, 1024) }, maxBytes: 4 * CostOfOne);
        rig.Accept("1", "2", "3").Send();

        rig.Accept("4", "5");
        rig.Finish(200);

        Assert.Equal(["3"], rig.Exchange(200).Ids);
        Assert.Equal(["4"], rig.Exchange(200).Ids);
        Assert.Equal(["5"], rig.Exchange(200).Ids);
    }

    [Fact]
    public void Webhook_that_becomes_lossy_gives_up_parts_of_a_split_batch_as_the_oldest_too()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero }, maxBytes: 4 * CostOfOne);
        rig.Accept("1", "2", "3", "4").Exchange(400);
        rig.Machine.Reconfigure(rig.Machine.Definition with { Lossy = true });

        rig.Accept("5", "6", "7");

        Assert.Equal(3, rig.Status.Dropped[DropReason.Overflow]);
        rig.Run(new Says(Outcomes.Status(200)), TimeSpan.Zero);
        Assert.Equal(["4", "5", "6", "7"], rig.Delivered);
    }

    [Fact]
    public void Attempts_tell_what_was_decided()
    {
        using var rig = new MachineRig();
        rig.Accept("1", "2").Exchange(422);
        rig.Exchange(422);
        rig.Exchange(500);

        Assert.Equal(
            [(2, 422, Decision.Split), (1, 422, Decision.Refuse), (1, 500, Decision.Retry)],
            rig.Machine.Attempts.All.Select(attempt => (attempt.Events, attempt.Outcome.Status ?? 0, attempt.Decision)));
        Assert.Equal(DeadLetterReason.Refused, rig.Machine.DeadLetters.All().Single().Reason);
    }
}
