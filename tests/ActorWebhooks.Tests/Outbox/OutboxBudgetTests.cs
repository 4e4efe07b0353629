using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Outbox;

public sealed class OutboxBudgetTests
{
    [Fact]
    public void Bytes_up_to_the_bound_are_given_and_not_one_more()
    {
        var budget = new OutboxBudget(100);

        Assert.Null(budget.TryTake(60));
        Assert.Null(budget.TryTake(40));
        Assert.Equal(RefusalReason.OutboxFull, budget.TryTake(1));
        budget.GiveBack(60);
        Assert.Null(budget.TryTake(60));
        Assert.Equal(100, budget.UsedBytes);
    }

    [Fact]
    public void Webhook_within_its_own_bound_is_refused_by_its_node_and_takes_nothing()
    {
        var node = new NodeBudget(100);
        var (first, second) = (new OutboxBudget(80, node), new OutboxBudget(80, node));

        Assert.Null(first.TryTake(80));
        Assert.Equal(RefusalReason.NodeFull, second.TryTake(30));
        Assert.Equal((0, 80), (second.UsedBytes, node.UsedBytes));
        Assert.Equal(RefusalReason.OutboxFull, first.TryTake(10));
        Assert.Equal(80, node.UsedBytes);
    }

    [Fact]
    public void Lossy_webhook_may_take_twice_its_bound_so_that_it_can_give_up_older_events_and_no_more()
    {
        var node = new NodeBudget(1_000);
        var budget = new OutboxBudget(100, node);

        Assert.Null(budget.TryTakeLossy(100));
        Assert.False(budget.IsOver);
        Assert.Null(budget.TryTakeLossy(100));
        Assert.True(budget.IsOver);
        Assert.Equal(RefusalReason.OutboxFull, budget.TryTakeLossy(1));
        Assert.Equal((200, 200), (budget.UsedBytes, node.UsedBytes));
    }

    [Fact]
    public void Lossy_webhook_gives_up_older_events_when_the_node_is_over_half_and_it_is_over_its_share()
    {
        var node = new NodeBudget(24_000);
        var lossy = new OutboxBudget(10_000, node) { Standing = EndpointStanding.Fails };
        var other = new OutboxBudget(24_000, node) { Standing = EndpointStanding.Delivers };
        Assert.Null(lossy.TryTakeLossy(4_000));
        Assert.Null(other.TryTake(8_000));
        Assert.False(lossy.IsOver);

        Assert.Null(other.TryTake(1));
        Assert.True(lossy.IsOver);
        Assert.True(lossy.IsFarOver);

        // Two hold something: half of the share of 250.
        lossy.GiveBack(3_875);
        other.Take(5_000, 1);
        Assert.False(lossy.IsOver);
    }

    [Fact]
    public void Lossy_webhook_takes_nothing_from_a_full_node()
    {
        var node = new NodeBudget(50);
        var budget = new OutboxBudget(100, node);

        Assert.Equal(RefusalReason.NodeFull, budget.TryTakeLossy(51));

        Assert.Equal((0, 0), (budget.UsedBytes, node.UsedBytes));
    }

    [Fact]
    public async Task Many_takers_at_once_never_get_more_than_there_is()
    {
        const int takers = 4;
        var node = new NodeBudget(1_000);
        var budget = new OutboxBudget(900, node) { Standing = EndpointStanding.Delivers };

        var taken = await Task.WhenAll(Enumerable.Range(0, takers).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 10_000).Count(_ => budget.TryTake(1) is null))));

        Assert.Equal(taken.Sum(), budget.UsedBytes);
        Assert.Equal(taken.Sum(), node.UsedBytes);
        Assert.InRange(budget.UsedBytes, 1, 900);
    }
}
