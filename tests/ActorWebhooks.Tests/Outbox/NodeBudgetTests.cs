using System.Reflection;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Outbox;

public sealed class NodeBudgetTests
{
    private const long Node = 240_000;

    [Fact]
    public void Up_to_half_whoever_comes_first_takes()
    {
        var (node, stuck) = Create(out var other);

        Assert.Null(stuck.TryTake(Node / 2));
        Assert.Equal(RefusalReason.NodeFull, stuck.TryTake(1));
        Assert.Null(other.TryTake(1));
        Assert.Equal((Node / 2) + 1, node.UsedBytes);
    }

    [Fact]
    public void Webhook_that_delivers_may_hold_as_much_as_it_leaves_below_seven_eighths()
    {
        var (_, stuck) = Create(out var delivering);
        Assert.Null(stuck.TryTake(Node / 2));
        delivering.Standing = EndpointStanding.Delivers;

        // Half of what is between a half and seven eighths.
        Assert.Null(delivering.TryTake(Node * 3 / 16));
        Assert.Equal(RefusalReason.NodeFull, delivering.TryTake(1));
        delivering.GiveBack(Node * 3 / 16);
        Assert.Null(delivering.TryTake(Node * 3 / 16));
    }

    [Fact]
    public void Webhook_of_which_nothing_is_known_may_hold_as_much_as_it_leaves_below_five_eighths()
    {
        var (_, stuck) = Create(out var newcomer);
        Assert.Null(stuck.TryTake(Node / 2));

        Assert.Null(newcomer.TryTake(Node / 16));
        Assert.Equal(RefusalReason.NodeFull, newcomer.TryTake(1));
        newcomer.Standing = EndpointStanding.Fails;
        newcomer.GiveBack(Node / 32);
        Assert.Equal(RefusalReason.NodeFull, newcomer.TryTake(1));
    }

    [Fact]
    public void Webhook_that_holds_nothing_may_take_one_event_of_any_size_below_seven_eighths()
    {
        var (_, stuck) = Create(out var newcomer);
        Assert.Null(stuck.TryTake(Node / 2));

        Assert.Null(newcomer.TryTake(Node / 4));
        Assert.Equal(RefusalReason.NodeFull, newcomer.TryTake(1));
        newcomer.GiveBack(Node / 4);
        Assert.Equal(RefusalReason.NodeFull, newcomer.TryTake((Node * 3 / 8) + 1));
    }

    [Fact]
    public void Ten_thousand_newcomers_in_turn_get_their_shares_though_others_hold_all_that_they_may()
    {
        var node = new NodeBudget(1L << 29);
        var hoarders = Enumerable.Range(0, 20).Select(_ => new OutboxBudget(1L << 29, node) { Standing = EndpointStanding.Delivers }).ToList();
        foreach (var hoarder in hoarders)
        {
            while (hoarder.TryTake(1024) is null)
            {
            }
        }

        Assert.InRange(node.UsedBytes, (1L << 29) * 3 / 4, 1L << 29);
        for (var holders = hoarders.Count + 1; holders <= 10_000; holders++)
        {
            var newcomer = new OutboxBudget(1L << 29, node);
            Assert.Null(newcomer.TryTake(1));
            Assert.Null(newcomer.TryTake(node.Share - 1));
        }

        Assert.InRange(node.UsedBytes, 0, 1L << 29);
    }

    [Fact]
    public void Shares_of_eight_million_holders_that_came_one_after_the_other_fit_into_the_last_eighth()
    {
        const long node = 1L << 50;
        var sum = 0L;
        for (var holders = 1; holders <= 8_000_000; holders++)
            sum += NodeBudget.ShareOf(node, holders);

        Assert.InRange(sum, 1, node / 8);
    }

    [Fact]
    public void Node_keeps_counts_and_knows_no_webhook() => Assert.All(
        typeof(NodeBudget).GetFields(BindingFlags.Instance | BindingFlags.NonPublic), field => Assert.True(field.FieldType.IsPrimitive, field.Name));

    private static (NodeBudget Node, OutboxBudget First) Create(out OutboxBudget second)
    {
        var node = new NodeBudget(Node);
        second = new OutboxBudget(Node, node);
        return (node, new OutboxBudget(Node, node));
    }
}
