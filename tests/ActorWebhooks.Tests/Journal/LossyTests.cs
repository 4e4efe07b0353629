using ActorWebhooks.Journal.Rows;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Journal;

public sealed class LossyTests
{
    [Fact]
    public void Lossy_webhook_of_a_durable_node_writes_none_of_its_events()
    {
        using var rig = new DurableRig();
        rig.Start(Some.Webhook with { Lossy = true });
        rig.AnswerJournal();
        rig.Publish(200);
        rig.Run(200);
        rig.Publish(60);
        rig.Run(503);
        rig.Publish(10);
        rig.Run(410);

        Assert.Equal(DurableRig.Ids(0, 200), rig.Delivered.Take(200));
        Assert.Equal(0, rig.Node.Status.Waiting);
        Assert.Equal(270, rig.Node.Status.Delivered + rig.Node.Status.Dropped.Values.Sum());
        Assert.All(rig.Events.Values.Concat(rig.DeadLetters.Values), row => Assert.Equal(0, EventsOf(row)));
        Assert.Equal(0, rig.Node.Budget.UsedBytes);
    }

    [Fact]
    public void Webhook_that_becomes_lossy_and_durable_at_any_moments_loses_and_repeats_nothing_and_keeps_the_order() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 60]).Array[1, 60].Sample(steps =>
        {
            using var rig = new DurableRig();
            rig.Start();
            var isLossy = false;
            foreach (var (what, count) in steps)
            {
                if (what <= 1)
                    rig.Publish(count);
                else if (what == 2)
                    rig.Node.Machine.Reconfigure(rig.Node.Machine.Definition with { Lossy = isLossy = !isLossy });
                else if (what <= 4 || rig.Node.Sent is null)
                    rig.AnswerOne();
                else
                    rig.AnswerAttempt(200);
                rig.Node.Work();
            }

            rig.Run(200);
            Assert.Equal(rig.Published, rig.Delivered);
            Assert.Equal((0, 0L), (rig.Node.Status.Waiting, rig.Node.Budget.UsedBytes));
            rig.Node.AssertBalanced();
        });

    private static int EventsOf(JournalRow row)
    {
        Assert.True(RowDecoder.TryReadHead(row, out var head, out var fault), fault);
        return head.Events;
    }
}
