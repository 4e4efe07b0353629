using ActorWebhooks.Accounting;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class ReplayTests
{
    private static readonly long CostOfOne = OutboxBudget.CostOf(Some.Event("1"));

    [Fact]
    public void Replayed_events_come_after_those_that_wait_in_the_order_of_the_dead_letters()
    {
        using var rig = WithDeadLetters("1", "2", "3");
        rig.Accept("4");

        Assert.Equal(3, rig.Machine.Replay());

        Assert.Equal(["4", "1", "2", "3"], rig.Exchange(200).Ids);
        Assert.Equal(3 + 1, rig.Status.Accepted);
        rig.AssertBalanced();
    }

    [Fact]
    public void What_the_outbox_has_no_room_for_stays_a_dead_letter()
    {
        using var rig = WithDeadLetters("1", "2", "3");
        rig.Accept("4", "5");

        Assert.Equal(2, rig.Machine.Replay());

        Assert.Equal(["3"], rig.DeadIds);
        Assert.Equal(4 * CostOfOne, rig.Budget.UsedBytes);
        Assert.Equal(0, rig.Machine.Replay());
        rig.AssertBalanced();
    }

    [Fact]
    public void Draining_webhook_delivers_what_is_replayed_before_it_is_drained()
    {
        using var rig = WithDeadLetters("1");
        rig.Machine.Drain();

        rig.Machine.Replay();

        Assert.False(rig.Machine.IsDrained);
        rig.Exchange(200);
        Assert.True(rig.Machine.IsDrained);
    }

    [Fact]
    public void Dropped_dead_letters_are_counted()
    {
        using var rig = WithDeadLetters("1", "2", "3");

        Assert.Equal(3, rig.Machine.DropDeadLetters());

        Assert.Equal((0, 3L), (rig.Status.Dead, rig.Status.Dropped[DropReason.Discarded]));
        Assert.Equal(0, rig.Machine.DropDeadLetters());
        rig.AssertBalanced();
    }

    [Fact]
    public void Dead_letters_that_make_room_for_later_ones_are_counted()
    {
        using var rig = new MachineRig(letters: Some.Letters(maxEvents: 2, maxBytes: 1 << 20));
        rig.Accept("1", "2", "3", "4", "5").Exchange(410);

        Assert.Equal(["4", "5"], rig.DeadIds);
        Assert.Equal(3, rig.Status.Dropped[DropReason.DeadLetterOverflow]);
        rig.AssertBalanced();
    }

    private static MachineRig WithDeadLetters(params string[] ids)
    {
        var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero }, maxBytes: 4 * CostOfOne);
        rig.Accept(ids).Exchange(410);
        rig.Machine.Resume();
        return rig;
    }
}
