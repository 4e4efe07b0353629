using ActorWebhooks.Accounting;
using ActorWebhooks.Configuration;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class CommandTests
{
    private static readonly TimeSpan HalfASecond = TimeSpan.FromMilliseconds(500);

    [Fact]
    public void Pause_lets_the_attempt_under_way_end_and_starts_no_other()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero });
        rig.Accept("1").Send();
        rig.Machine.Pause();
        rig.Accept("2");

        Assert.Equal(WebhookState.Paused, rig.Status.State);
        rig.Finish(200);
        Assert.Null(rig.Machine.Next().Send);
        Assert.Equal((1L, 1), (rig.Status.Delivered, rig.Status.Waiting));
        rig.Machine.Resume();

        Assert.Equal(["2"], rig.Exchange(200).Ids);
    }

    [Fact]
    public void Attempt_that_fails_after_a_pause_is_made_again_at_once_when_the_webhook_is_resumed()
    {
        using var rig = new MachineRig();
        var first = rig.Accept("1").Send();
        rig.Machine.Pause();
        rig.Finish(Outcomes.RetryAfter(503, TimeSpan.FromMinutes(10)));
        rig.Machine.Resume();

        Assert.Equal(first.BatchId, rig.Send().BatchId);
    }

    [Fact]
    public void Reconfigured_webhook_retries_the_same_bytes_and_cuts_the_next_batch_by_the_new_limits()
    {
        using var rig = new MachineRig();
        var first = rig.Accept("1", "2").Exchange(500);
        rig.Accept("3", "4");
        var changed = Some.Webhook with
        {
            Url = new Uri("http://127.0.0.1:9/other"),
            Throttle = TimeSpan.Zero,
            Batch = new BatchLimits(MaxEvents: 1, MaxBytes: 1024),
        };

        rig.Machine.Reconfigure(changed);

        Assert.Same(changed, rig.Machine.Definition);
        var second = rig.Exchange(200);
        Assert.Equal((first.BatchId, first.Body), (second.BatchId, second.Body));
        Assert.Equal(["3"], rig.Exchange(200).Ids);
    }

    [Fact]
    public void Reconfiguration_does_not_forget_what_size_the_endpoint_takes_unless_the_limit_itself_is_changed()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero, Batch = new BatchLimits(1000, 4096) });
        foreach (var id in Enumerable.Range(0, 60))
            rig.Accept(Some.EventOfSize($"{id:D2}", 100));
        rig.Exchange(413);
        rig.Exchange(200);
        rig.Exchange(200);

        rig.Machine.Reconfigure(rig.Machine.Definition with { Timeout = TimeSpan.FromSeconds(7) });
        Assert.InRange(rig.Exchange(200).Batch.Body.Length, 1800, 2048);
        rig.Machine.Reconfigure(rig.Machine.Definition with { Batch = new BatchLimits(1000, 3072) });
        Assert.InRange(rig.Exchange(200).Batch.Body.Length, 2800, 3072);
    }

    [Fact]
    public void Draining_webhook_waits_for_no_window_but_for_its_backoff()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.FromHours(1) });
        rig.Accept("1").Exchange(200);
        rig.Accept("2");
        Assert.Equal(TimeSpan.FromHours(1), rig.Wait);

        rig.Machine.Drain();

        Assert.Equal(WebhookState.Draining, rig.Status.State);
        Assert.Equal(["2"], rig.Exchange(500).Ids);
        Assert.Equal(HalfASecond, rig.Wait);
        Assert.False(rig.Machine.IsDrained);
        rig.Accept("3").Pass(HalfASecond);
        rig.Exchange(200);
        Assert.Equal(["3"], rig.Send().Ids);
        Assert.False(rig.Machine.IsDrained);
        rig.Finish(200);
        Assert.True(rig.Machine.IsDrained);
    }

    [Fact]
    public void Webhook_that_comes_back_while_it_drains_keeps_its_windows_again()
    {
        using var rig = new MachineRig();
        rig.Accept("1").Exchange(200);
        rig.Machine.Drain();
        Assert.True(rig.Machine.IsDrained);

        rig.Machine.Reconfigure(Some.Webhook);

        Assert.False(rig.Machine.IsDrained);
        Assert.Equal(Some.Webhook.Throttle, rig.Accept("2").Wait);
    }

    [Fact]
    public void Interrupted_attempt_is_made_again_after_a_backoff()
    {
        using var rig = new MachineRig();
        var first = rig.Accept("1").Send();

        rig.Machine.Interrupt();

        Assert.Equal(WebhookState.BackingOff, rig.Status.State);
        rig.Pass(HalfASecond);
        Assert.Equal(first.BatchId, rig.Exchange(200).BatchId);
        rig.AssertBalanced();
    }

    [Fact]
    public void Interruption_without_an_attempt_changes_nothing()
    {
        using var rig = new MachineRig();
        AssertUnchanged();
        rig.Accept("1").Exchange(200);
        rig.Accept("2");
        AssertUnchanged();
        rig.Pass(Some.Webhook.Throttle);
        rig.Exchange(500);
        AssertUnchanged();
        rig.Machine.Pause();
        AssertUnchanged();
        rig.Machine.Resume();
        rig.Machine.Drain();
        rig.Exchange(410);
        AssertUnchanged();

        void AssertUnchanged()
        {
            var before = (rig.Wait, rig.Status.State, rig.Status.Failures);
            rig.Machine.Interrupt();
            Assert.Equal(before, (rig.Wait, rig.Status.State, rig.Status.Failures));
        }
    }

    [Fact]
    public void Webhook_that_gives_up_counts_what_it_held_as_lost()
    {
        using var rig = new MachineRig();
        rig.Accept("1", "2").Send();
        rig.Accept("3");

        Assert.Equal(3, rig.Machine.Abandon());

        Assert.Equal(3, rig.Status.Dropped[DropReason.Stopped]);
        Assert.Equal(0, rig.Budget.UsedBytes);
        rig.Machine.Drain();
        Assert.True(rig.Machine.IsDrained);
        rig.AssertBalanced();
    }
}
