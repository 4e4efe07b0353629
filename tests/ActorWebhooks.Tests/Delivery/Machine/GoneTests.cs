using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

public sealed class GoneTests
{
    [Fact]
    public void Endpoint_that_is_gone_makes_dead_letters_of_what_is_held_and_of_what_comes()
    {
        using var rig = Gone();

        rig.Accept("4");

        Assert.Equal(["1", "2", "3", "4"], rig.DeadIds);
        Assert.All(rig.Machine.DeadLetters.All(), letter => Assert.Equal((DeadLetterReason.Gone, 410), (letter.Reason, letter.Status)));
        Assert.Equal((WebhookState.Gone, 0, 0L), (rig.Status.State, rig.Status.Waiting, rig.Budget.UsedBytes));
        Assert.Equal(NextStep.Nothing, rig.Machine.Next());
        rig.AssertBalanced();
    }

    [Fact]
    public void Lossy_webhook_too_keeps_what_a_gone_endpoint_leaves_as_dead_letters()
    {
        using var rig = new MachineRig(Some.Webhook with { Lossy = true });
        rig.Accept("1", "2").Exchange(410);

        Assert.Equal((WebhookState.Gone, 2), (rig.Status.State, rig.Status.Dead));
        Assert.Empty(rig.Status.Dropped);
    }

    [Fact]
    public void Split_parts_become_dead_letters_in_order_when_the_endpoint_goes()
    {
        using var rig = new MachineRig();
        rig.Accept("1", "2", "3", "4").Send();
        rig.Accept("5");
        rig.Finish(400);
        rig.Exchange(200);
        rig.Exchange(410);

        Assert.Equal(["3", "4", "5"], rig.DeadIds);
        rig.AssertBalanced();
    }

    [Fact]
    public void Resumed_webhook_delivers_what_comes_and_the_dead_letters_when_they_are_replayed()
    {
        using var rig = Gone();
        rig.Machine.Resume();
        rig.Pass(Some.Webhook.Throttle);
        Assert.Equal(["4"], rig.Accept("4").Exchange(200).Ids);

        Assert.Equal(3, rig.Machine.Replay());
        rig.Pass(Some.Webhook.Throttle);

        Assert.Equal(["1", "2", "3"], rig.Exchange(200).Ids);
        Assert.Equal((WebhookState.Idle, 0), (rig.Status.State, rig.Status.Dead));
        rig.AssertBalanced();
    }

    [Fact]
    public void Changed_configuration_gives_another_chance()
    {
        using var rig = Gone();

        rig.Machine.Reconfigure(Some.Webhook with { Url = new Uri("http://127.0.0.1:9/other") });
        rig.Pass(Some.Webhook.Throttle);

        Assert.Equal(["4"], rig.Accept("4").Exchange(200).Ids);
    }

    [Fact]
    public void Nothing_is_replayed_into_an_endpoint_that_is_gone()
    {
        using var rig = Gone();

        Assert.Equal(0, rig.Machine.Replay());

        Assert.Equal(["1", "2", "3"], rig.DeadIds);
        Assert.Equal(0, rig.Status.Waiting);
    }

    private static MachineRig Gone()
    {
        var rig = new MachineRig();
        rig.Accept("1", "2").Send();
        rig.Accept("3");
        rig.Finish(410);
        return rig;
    }
}
