using ActorWebhooks.Delivery;
using ActorWebhooks.Journal;
using ActorWebhooks.Outbox;
using ActorWebhooks.Ownership;
using ActorWebhooks.Tests.Testing;

namespace ActorWebhooks.Tests.Journal;

public sealed class DurableBoundTests : IDisposable
{
    private const long MaxBytes = 100_000;

    private readonly DurableRig _rig = new(new JournalLimits(DurableRig.Chunk, DurableRig.Window, MaxBytes));

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Full_journal_refuses_as_full_and_takes_events_again_once_enough_is_delivered()
    {
        _rig.Start();
        _rig.AnswerJournal();
        var accepted = Fill();
        Assert.InRange(accepted * OutboxBudget.CostOf(Some.EventOfSize("100", 400)), MaxBytes, MaxBytes + 2_000);
        Assert.Equal(RefusalReason.OutboxFull, _rig.Node.Refusal);
        Assert.Null(_rig.Publish(1));

        _rig.AnswerAttempt(200);
        _rig.AnswerJournal();
        Assert.Null(_rig.Node.Refusal);
        Assert.True((await _rig.PublishAndWrite()).IsAccepted);
        _rig.Run(200);
        Assert.Equal(_rig.Published, _rig.Delivered);
    }

    [Fact]
    public void Full_journal_is_full_after_a_restart_until_enough_is_delivered()
    {
        _rig.Start();
        _rig.AnswerJournal();
        Fill();
        _rig.Start();
        _rig.AnswerJournal();
        Assert.Equal(RefusalReason.OutboxFull, _rig.Node.Refusal);

        _rig.Run(200);
        Assert.Null(_rig.Node.Refusal);
        Assert.Equal(_rig.Published, _rig.Delivered);
    }

    [Fact]
    public void Webhook_that_fills_the_journal_of_its_node_is_refused_at_half_and_leaves_the_others_their_part()
    {
        var node = new NodeBudget(4 * MaxBytes);
        using var large = OfNode(node);
        using var small = OfNode(node);
        large.Start();
        Fill(large);
        Assert.Equal(RefusalReason.NodeFull, large.Node.Refusal);
        Assert.InRange(node.UsedBytes, 2 * MaxBytes, (2 * MaxBytes) + 2_000);

        small.Start();
        Fill(small);
        Assert.Equal(RefusalReason.NodeFull, small.Node.Refusal);
        Assert.InRange(node.UsedBytes, 2.5 * MaxBytes, 3.5 * MaxBytes);
    }

    [Fact]
    public async Task Webhook_that_is_refused_because_of_others_takes_events_again_soon_after_they_have_delivered_theirs()
    {
        var node = new NodeBudget(4 * MaxBytes);
        using var large = OfNode(node);
        using var small = OfNode(node);
        large.Start();
        Fill(large);
        small.Start();
        Fill(small);
        large.Run(200);
        Assert.Equal(RefusalReason.NodeFull, small.Node.Refusal);

        Assert.NotNull(small.Node.Journal.RetryIn);
        small.Time.Pass(small.Node.Journal.RetryIn.Value);
        small.Node.Work();
        Assert.Null(small.Node.Refusal);
        Assert.True((await small.PublishAndWrite()).IsAccepted);
        Assert.Null(small.Node.Journal.RetryIn);
    }

    [Fact]
    public void Dead_letters_count_until_they_are_dropped()
    {
        var node = new NodeBudget(4 * MaxBytes);
        using var rig = OfNode(node);
        rig.Start();
        rig.Bury(100);
        Assert.InRange(node.UsedBytes, 100 * 400, 100 * 1_000);

        rig.Node.Machine.DropDeadLetters();
        rig.Run(200);
        Assert.Equal(0, node.UsedBytes);
    }

    [Fact]
    public void Webhook_that_is_no_more_on_the_node_does_not_count_and_counts_again_where_it_is_recovered()
    {
        var node = new NodeBudget(4 * MaxBytes);
        using var rig = OfNode(node);
        rig.Start();
        Fill(rig);
        var used = node.UsedBytes;
        rig.Node.Machine.Abandon();
        Assert.Equal(0, node.UsedBytes);

        rig.Start();
        rig.AnswerJournal();
        Assert.Equal(used, node.UsedBytes);
        rig.Run(200);
        Assert.Equal(0, node.UsedBytes);
    }

    [Fact]
    public void Webhook_that_another_process_has_taken_over_does_not_count()
    {
        var node = new NodeBudget(4 * MaxBytes);
        using var rig = OfNode(node);
        rig.Start();
        rig.PublishRows(10);
        Assert.NotEqual(0, node.UsedBytes);
        rig.Node.Lease.State = LeaseState.Lost;
        rig.Node.Work();

        Assert.Equal(WebhookState.NotOwner, rig.Node.Status.State);
        Assert.Equal(0, node.UsedBytes);
    }

    private static DurableRig OfNode(NodeBudget node) =>
        new(new JournalLimits(DurableRig.Chunk, DurableRig.Window, MaxBytes: 1L << 40), nodeDurableBudget: node);

    private int Fill() => Fill(_rig);

    // One event after the other, until one is refused.
    private static int Fill(DurableRig rig)
    {
        rig.AnswerJournal();
        for (var accepted = 0; ; accepted++)
        {
            Assert.InRange(accepted, 0, 10_000);
            if (rig.Publish(1) is null)
                return accepted;
            rig.AnswerJournal();
        }
    }
}
