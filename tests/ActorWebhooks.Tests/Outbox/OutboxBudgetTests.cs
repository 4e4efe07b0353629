using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Outbox;

public sealed class OutboxBudgetTests
{
    [Fact]
    public void Bytes_up_to_the_bound_are_given_and_not_one_more()
    {
        var budget = new OutboxBudget(100, RefusalReason.OutboxFull);

        Assert.Null(budget.TryTake(60));
        Assert.Null(budget.TryTake(40));
        Assert.Equal(RefusalReason.OutboxFull, budget.TryTake(1));
        budget.GiveBack(60);
        Assert.Null(budget.TryTake(60));
        Assert.Equal(100, budget.UsedBytes);
    }

    [Fact]
    public void Webhook_within_its_own_bound_is_refused_by_a_full_node_and_takes_nothing()
    {
        var node = new OutboxBudget(100, RefusalReason.NodeFull);
        var (first, second) = (new OutboxBudget(80, RefusalReason.OutboxFull, node), new OutboxBudget(80, RefusalReason.OutboxFull, node));

        Assert.Null(first.TryTake(80));
        Assert.Equal(RefusalReason.NodeFull, second.TryTake(30));
        Assert.Equal((0, 80), (second.UsedBytes, node.UsedBytes));
        Assert.Equal(RefusalReason.OutboxFull, first.TryTake(10));
        Assert.Equal(80, node.UsedBytes);
    }

    [Fact]
    public void Lossy_webhook_may_take_twice_its_bound_so_that_it_can_give_up_older_events_and_no_more()
    {
        var node = new OutboxBudget(1_000, RefusalReason.NodeFull);
        var budget = new OutboxBudget(100, RefusalReason.OutboxFull, node);

        Assert.Null(budget.TryTakeLossy(100));
        Assert.False(budget.IsOver);
        Assert.Null(budget.TryTakeLossy(100));
        Assert.True(budget.IsOver);
        Assert.Equal(RefusalReason.OutboxFull, budget.TryTakeLossy(1));
        Assert.Equal((200, 200), (budget.UsedBytes, node.UsedBytes));
    }

    [Fact]
    public void Lossy_webhook_takes_nothing_from_a_full_node()
    {
        var node = new OutboxBudget(50, RefusalReason.NodeFull);
        var budget = new OutboxBudget(100, RefusalReason.OutboxFull, node);

        Assert.Equal(RefusalReason.NodeFull, budget.TryTakeLossy(51));

        Assert.Equal((0, 0), (budget.UsedBytes, node.UsedBytes));
    }

    [Fact]
    public async Task Many_takers_at_once_never_get_more_than_there_is()
    {
        const int takers = 4;
        var node = new OutboxBudget(1_000, RefusalReason.NodeFull);
        var budget = new OutboxBudget(900, RefusalReason.OutboxFull, node);

        var taken = await Task.WhenAll(Enumerable.Range(0, takers).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 10_000).Count(_ => budget.TryTake(1) is null))));

        Assert.Equal(taken.Sum(), budget.UsedBytes);
        Assert.Equal(taken.Sum(), node.UsedBytes);
        Assert.InRange(budget.UsedBytes, 1, 900);
    }
}
