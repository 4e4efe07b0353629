using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Delivery.Machine;

/// <summary>What the budget is told of the endpoint.</summary>
public sealed class DeliveringTests
{
    [Fact]
    public void Webhook_counts_as_delivering_from_a_success_to_a_failure()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero });
        Assert.Equal(EndpointStanding.Unknown, rig.Budget.Standing);

        rig.Accept("1").Exchange(200);
        Assert.Equal(EndpointStanding.Delivers, rig.Budget.Standing);

        rig.Accept("2").Exchange(503);
        Assert.Equal(EndpointStanding.Fails, rig.Budget.Standing);

        rig.Pass(rig.Wait!.Value);
        rig.Exchange(200);
        Assert.Equal(EndpointStanding.Delivers, rig.Budget.Standing);
    }

    [Fact]
    public void Webhook_that_is_paused_or_gone_delivers_nothing()
    {
        using var rig = new MachineRig(Some.Webhook with { Throttle = TimeSpan.Zero });
        rig.Accept("1").Exchange(200);
        rig.Machine.Pause();
        Assert.Equal(EndpointStanding.Fails, rig.Budget.Standing);

        rig.Machine.Resume();
        Assert.Equal(EndpointStanding.Unknown, rig.Budget.Standing);
        rig.Accept("2").Exchange(200);
        rig.Accept("3").Exchange(410);
        Assert.Equal(EndpointStanding.Fails, rig.Budget.Standing);
    }
}
