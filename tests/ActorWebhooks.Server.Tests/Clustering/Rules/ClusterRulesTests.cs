using System.Diagnostics;
using ActorWebhooks.Server.Tests.Clustering.Harness;
using ActorWebhooks.Server.Tests.Durability.Rules;

namespace ActorWebhooks.Server.Tests.Clustering.Rules;

public sealed class ClusterRulesTests
{
    private static readonly TimeSpan Throttle = TimeSpan.FromMilliseconds(500);

    [Fact]
    public void Requests_of_two_nodes_that_overlap_are_told()
    {
        Assert.Empty(OneRequestInTheCluster.Broken([Request(0, 10, 0), Request(10, 20, 1)]));
        Assert.Single(OneRequestInTheCluster.Broken([Request(0, 10, 0), Request(9, 20, 1)]));
    }

    [Fact]
    public void Request_that_overlaps_one_before_the_latest_is_told() =>
        Assert.Equal(2, OneRequestInTheCluster.Broken([Request(0, 100, 0), Request(10, 20, 1), Request(30, 40, 1)]).Count());

    [Fact]
    public void Flush_that_comes_before_the_throttle_is_over_is_told_whichever_node_sends_it()
    {
        var posts = Posts(0, 100);

        Assert.Empty(ThrottleIsKept.Broken(Throttle, [Request(10, 11, 0, 0), Request(500, 501, 1, 1)], posts));
        Assert.Single(ThrottleIsKept.Broken(Throttle, [Request(10, 11, 0, 0), Request(499, 500, 1, 1)], posts));
    }

    [Fact]
    public void Flush_that_is_seen_late_is_not_taken_for_one_that_began_late() =>
        Assert.Empty(ThrottleIsKept.Broken(Throttle, [Request(300, 301, 0, 0), Request(500, 501, 0, 1)], Posts(0, 350)));

    [Fact]
    public void Second_batch_of_a_flush_and_a_repeat_are_no_flushes_of_their_own()
    {
        var posts = Posts(0, 5, 100);

        Assert.Empty(ThrottleIsKept.Broken(
            Throttle, [Request(10, 11, 0, 0), Request(12, 13, 0, 1), Request(20, 21, 1, 0), Request(600, 601, 1, 2)], posts));
    }

    // Times are milliseconds.
    private static long At(int time) => time * Stopwatch.Frequency / 1000;

    private static Arrival Request(int begun, int ended, int life, params IEnumerable<int> events) =>
        new("a", life, At(begun), At(ended), "b", [.. events.Select(number => new EventKey(0, number))], Answer.Taken);

    private static IEnumerable<SentPost> Posts(params IEnumerable<int> begun) =>
        begun.Select((time, number) => new SentPost(new Post(0, number, 1), null, At(time), null, 0));
}
