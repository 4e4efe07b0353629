using ActorWebhooks.Cluster.Membership;
using CsCheck;

namespace ActorWebhooks.Cluster.Tests.Membership;

public sealed class BadLinkTests
{
    private const int MostNodes = 7;

    /// <summary>A network: how many nodes it has, which of them have crashed, and which links are bad. The lower a node's number the older it is.</summary>
    private static readonly Gen<Net> AnyNet = Gen.Select(
        Gen.Int[1, MostNodes],
        Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[0, (1 << MostNodes) - 1])),
        Gen.Select(Gen.Int[0, MostNodes - 1], Gen.Int[0, MostNodes - 1]).List[0, 4],
        Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[0, (1 << MostNodes) - 1])),
        (nodes, crashed, links, side) => new Net(nodes, crashed, links, side));

    [Fact]
    public void Younger_end_of_the_one_bad_link_stops() =>
        Gen.Int[3, MostNodes].SelectMany(nodes => Gen.Select(Gen.Const(nodes), Gen.Int[0, nodes - 2], Gen.Int[1, nodes - 1]))
            .Where(link => link.Item2 < link.Item3)
            .Sample((nodes, older, younger) =>
            {
                var net = new Net(nodes, 0, [(older, younger)], 0);
                for (var node = 0; node < nodes; node++)
                    Assert.Equal(node == older || node == younger ? null : (younger, older), net.SeenBy(node));
            });

    [Fact]
    public void Node_that_crashed_and_a_partition_are_no_bad_link() =>
        AnyNet.Select(net => net with { Bad = [] }).Sample(net =>
        {
            for (var node = 0; node < net.Nodes; node++)
                Assert.Null(net.SeenBy(node));
        });

    [Fact]
    public void Whatever_is_bad_at_most_one_node_stops_and_only_if_all_the_others_reach_one_another_then() =>
        AnyNet.Sample(net =>
        {
            foreach (var part in net.Parts())
            {
                var stops = part.Select(net.SeenBy).Where(seen => seen is not null).Distinct().ToList();
                if (stops.Count == 0)
                    continue;
                var (stopping, staying) = Assert.Single(stops)!.Value;
                Assert.False(net.IsGood(stopping, staying));
                Assert.True(net.IsWhole([.. part.Except([stopping])]));
            }
        }, iter: 20_000);

    private sealed record Net(int Nodes, int Crashed, List<(int One, int Other)> Bad, int Side)
    {
        public bool IsGood(int one, int other) =>
            !IsCrashed(one) && !IsCrashed(other) && IsOn(one) == IsOn(other) && !Bad.Contains((one, other)) && !Bad.Contains((other, one));

        public bool IsWhole(IReadOnlyList<int> nodes) => nodes.All(one => nodes.All(other => one == other || IsGood(one, other)));

        /// <summary>The nodes that are alive, in groups that gossip goes around in.</summary>
        public List<List<int>> Parts()
        {
            var left = Enumerable.Range(0, Nodes).Where(node => !IsCrashed(node)).ToHashSet();
            List<List<int>> parts = [];
            while (left.Count > 0)
            {
                List<int> part = [left.First()];
                for (var i = 0; i < part.Count; i++)
                    part.AddRange(left.Where(node => !part.Contains(node) && IsGood(part[i], node)).ToList());
                left.ExceptWith(part);
                parts.Add(part);
            }

            return parts;
        }

        public (int Stops, int Stays)? SeenBy(int node)
        {
            if (IsCrashed(node))
                return null;
            var part = Parts().Single(part => part.Contains(node));
            int[] unreachable = [.. Enumerable.Range(0, Nodes).Where(other => other != node && part.Any(observer => observer != other && !IsGood(observer, other)))];
            return BadLink.Of(unreachable, other => IsGood(node, other), (one, other) => one < other);
        }

        private bool IsCrashed(int node) => (Crashed >> node & 1) == 1;

        private bool IsOn(int node) => (Side >> node & 1) == 1;
    }
}
