using ActorWebhooks.Cluster.Port;

namespace ActorWebhooks.Cluster.Tests.Port;

public sealed class OpeningLinksTests
{
    [Fact]
    public void The_one_that_has_waited_longest_gives_way_when_there_are_too_many()
    {
        var links = new OpeningLinks(most: 2);
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        using var third = new CancellationTokenSource();
        using var fourth = new CancellationTokenSource();

        links.Leave(links.Enter(first));
        var waiting = links.Enter(second);
        links.Enter(third);
        Assert.False(second.IsCancellationRequested);

        links.Enter(fourth);
        Assert.Equal((false, true, false), (first.IsCancellationRequested, second.IsCancellationRequested, third.IsCancellationRequested));
        links.Leave(waiting);
    }
}
