using ActorWebhooks.Server.Hosting;
using Akka.Actor;

namespace ActorWebhooks.Server.Tests.Hosting;

public sealed class ClusterNodeTests
{
    public static TheoryData<CoordinatedShutdown.Reason, bool> Reasons => new()
    {
        { CoordinatedShutdown.ClusterDowningReason.Instance, true },
        { CoordinatedShutdown.ClrExitReason.Instance, false },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Node_that_its_cluster_has_given_up_has_not_stopped_by_itself(CoordinatedShutdown.Reason reason, bool isFault)
    {
        var system = ActorSystem.Create("node");
        Assert.Null(ClusterNode.FaultOf(system));

        await CoordinatedShutdown.Get(system).Run(reason);

        Assert.Equal(isFault, ClusterNode.FaultOf(system) is not null);
    }
}
