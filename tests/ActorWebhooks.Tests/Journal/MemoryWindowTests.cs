using ActorWebhooks.Journal;
using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Journal;

public sealed class MemoryWindowTests : IDisposable
{
    private const int EventBytes = 400;

    // What the events of a full row cost.
    private const int Row = DurableRig.Chunk + (DurableRig.Chunk / EventBytes * OutboxBudget.Overhead);

    private DurableRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(100)]
    [InlineData(2_000)]
    public void Memory_holds_a_window_and_a_row_while_the_endpoint_is_down_and_while_it_recovers(int events)
    {
        _rig.Start();
        _rig.Publish(events);
        _rig.Run(status: 503);
        Assert.Equal(events, _rig.Node.Status.Waiting);
        Assert.InRange(_rig.MostBytes, 1, DurableRig.Window + Row);

        _rig.Run(status: 200);
        Assert.InRange(_rig.MostBytes, 1, DurableRig.Window + Row);
        Assert.Equal(_rig.Published, _rig.Delivered);
        Assert.Equal(0, _rig.Node.Budget.UsedBytes);
    }

    [Fact]
    public void Large_rows_among_small_ones_are_not_all_read_back_at_once()
    {
        _rig.Start();
        _rig.Publish(200);
        _rig.AnswerJournal();
        _rig.PublishRows(12, eventsOfRow: 19);
        _rig.PublishRows(300, bytes: 10);
        _rig.Run(status: 503);
        _rig.Run(status: 200);

        Assert.InRange(_rig.MostBytes, 1, DurableRig.Window + Row);
        Assert.Equal(_rig.Published, _rig.Delivered);
    }

    [Fact]
    public void What_an_earlier_process_left_is_read_back_a_window_at_a_time()
    {
        _rig.Start();
        _rig.Publish(1_000);
        _rig.Run(status: 503);
        _rig.Start();
        _rig.AnswerJournal();
        Assert.InRange(_rig.Node.Budget.UsedBytes, 1, DurableRig.Window + Row);

        _rig.Run(status: 200);
        Assert.InRange(_rig.MostBytes, 1, DurableRig.Window + Row);
        Assert.Equal(_rig.Published, _rig.Delivered);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(200)]
    public void Node_whose_memory_is_half_used_holds_the_share_of_a_webhook_or_one_row_and_delivers_all_the_same(int others)
    {
        _rig.Dispose();
        _rig = new DurableRig(new JournalLimits(DurableRig.Chunk, DurableRig.Window, 1L << 40), nodeBytes: 1 << 24);
        _rig.Start();
        HalfUse(_rig.Node.NodeBudget, others);
        var most = Math.Max(Row, NodeBudget.ShareOf(1 << 24, others + 1));
        _rig.Publish(1_000);
        _rig.Run(status: 503);
        Assert.InRange(_rig.Node.Budget.UsedBytes, 1, most);

        _rig.Run(status: 200);
        Assert.InRange(_rig.MostBytes, 1, most + Row);
        Assert.Equal(_rig.Published, _rig.Delivered);
    }

    [Fact]
    public void Node_whose_memory_is_half_used_begins_with_one_row_of_what_an_earlier_process_left()
    {
        _rig.Dispose();
        _rig = new DurableRig(new JournalLimits(DurableRig.Chunk, DurableRig.Window, 1L << 40), nodeBytes: 1 << 24);
        _rig.Start();
        _rig.Publish(1_000);
        _rig.Run(status: 503);
        _rig.Start();
        HalfUse(_rig.Node.NodeBudget, others: 200);
        _rig.AnswerJournal();

        Assert.InRange(_rig.Node.Budget.UsedBytes, 1, Row);
    }

    private static void HalfUse(NodeBudget node, int others)
    {
        node.Take((1 << 23) + 1);
        for (var i = 0; i < others; i++)
            node.Join();
    }
}
