using ActorWebhooks.Publishing;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Publishing;

public sealed class ReceiptTests
{
    [Fact]
    public async Task Answer_that_comes_before_the_routing_is_done_does_not_complete_the_receipt()
    {
        var receipt = new Receipt();
        receipt.Expect();
        receipt.Accept();
        Assert.False(receipt.Task.IsCompleted);
        receipt.Expect();
        receipt.Close();
        Assert.False(receipt.Task.IsCompleted);
        receipt.Refuse("audit", Some.Event("2"), RefusalReason.OutboxFull);

        var result = await receipt.Task;
        Assert.Equal(1, result.Accepted);
        Assert.False(result.IsAccepted);
        Assert.Equal([new PublishRefusal("audit", "2", RefusalReason.OutboxFull)], result.Refusals);
    }

    [Fact]
    public async Task Refusals_are_told_one_by_one_up_to_a_bound_and_beyond_it_each_event_and_each_reason_once()
    {
        var receipt = new Receipt();
        for (var i = 0; i < Receipt.MostRefusals; i++)
        {
            foreach (var webhook in new[] { "audit", "metrics" })
                Refuse(webhook, i, RefusalReason.OutboxFull);
        }

        Refuse("audit", 0, RefusalReason.NotOwner);
        receipt.Close();

        var refusals = (await receipt.Task).Refusals;
        Assert.Equal(Receipt.MostRefusals + (Receipt.MostRefusals / 2) + 1, refusals.Count);
        Assert.Equal(Receipt.MostRefusals, refusals.Select(refusal => refusal.EventId).Distinct().Count());
        Assert.Equal(RefusalReason.NotOwner, refusals[^1].Reason);

        void Refuse(string webhook, int i, RefusalReason reason)
        {
            receipt.Expect();
            receipt.Refuse(webhook, Some.Event($"{i}"), reason);
        }
    }

    [Fact]
    public async Task Answers_from_many_threads_are_all_counted()
    {
        const int each = 10_000;
        var receipt = new Receipt();
        for (var i = 0; i < 3 * each; i++)
            receipt.Expect();
        receipt.Close();

        await Task.WhenAll(
            Task.Run(() => Repeat(receipt.Accept)),
            Task.Run(() => Repeat(receipt.Accept)),
            Task.Run(() => Repeat(() => receipt.Refuse(null, Some.Event("1"), RefusalReason.Stopping))));

        var result = await receipt.Task;
        Assert.Equal((2 * each, each), (result.Accepted, result.Refusals.Count));

        static void Repeat(Action action)
        {
            for (var i = 0; i < each; i++)
                action();
        }
    }
}
