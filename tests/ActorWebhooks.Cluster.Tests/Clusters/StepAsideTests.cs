using ActorWebhooks.Cluster.Membership;
using Akka.Cluster;

namespace ActorWebhooks.Cluster.Tests.Clusters;

public sealed class StepAsideTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Node_that_is_told_to_step_aside_though_it_reaches_the_other_stays()
    {
        await using var cluster = await TestCluster.CreateAsync();
        var toml = cluster.Toml(["hook"]);
        TestNode[] nodes = [await cluster.StartAsync(toml), await cluster.StartAsync(toml)];
        await TestCluster.SeeAsync(2, nodes);

        var links = nodes[1].System.ActorSelection($"/user/{LinkActor.Name}");
        links.Tell(new StepAside(nodes[0].Address.ToString()));
        links.Tell(new StepAside("akka.tcp://nobody@127.0.0.1:1"));

        await Assert.ThrowsAsync<TimeoutException>(() => nodes[1].System.WhenTerminated.WaitAsync(LongEnough));
        Assert.Equal(MemberStatus.Up, nodes[1].Cluster.SelfMember.Status);
        await TestCluster.SeeAsync(2, nodes);
    }
}
