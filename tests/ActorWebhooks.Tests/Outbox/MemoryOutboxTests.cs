using ActorWebhooks.Configuration;
using ActorWebhooks.Outbox;
using ActorWebhooks.Tests.Testing;
using CsCheck;

namespace ActorWebhooks.Tests.Outbox;

public sealed class MemoryOutboxTests
{
    [Fact]
    public void Batch_is_cut_at_the_number_of_events()
    {
        var outbox = Filled(5);

        Assert.Equal([2, 2, 1], Flush(outbox, new BatchLimits(MaxEvents: 2, MaxBytes: int.MaxValue)).Select(batch => batch.Length));
    }

    [Fact]
    public void Batch_is_cut_at_the_bytes_of_its_body_exactly()
    {
        var outbox = Filled(4);
        var ofTwo = BatchEncoding.FrameLength + (2 * BatchEncoding.LengthOf(Some.Event("0"))) + BatchEncoding.SeparatorLength;

        outbox.StartFlush();
        var two = outbox.CutBatch(new BatchLimits(100, ofTwo));
        Assert.Equal((2, ofTwo), (two.Entries.Length, two.Body.Length));
        outbox.Complete();
        Assert.Single(outbox.CutBatch(new BatchLimits(100, ofTwo - 1)).Entries);
    }

    [Fact]
    public void Event_larger_than_a_batch_may_be_is_sent_alone()
    {
        var outbox = new MemoryOutbox(Unbounded());
        outbox.Add(new OutboxEntry(Some.Event("1"), default));
        outbox.Add(new OutboxEntry(Some.EventOfSize("large", 5000), default));
        outbox.Add(new OutboxEntry(Some.Event("3"), default));

        Assert.Equal(
            [["1"], ["large"], ["3"]],
            Flush(outbox, new BatchLimits(100, 2000)).Select(batch => batch.Select(e => e.Id).ToArray()));
    }

    [Fact]
    public void Flush_takes_what_waits_at_its_start_and_nothing_that_comes_later()
    {
        var outbox = Filled(2);
        outbox.StartFlush();
        outbox.Add(new OutboxEntry(Some.Event("late"), default));

        Assert.Equal(["0", "1"], outbox.CutBatch(new BatchLimits(100, 100_000)).Entries.Select(entry => entry.Event.Id));
        outbox.Complete();
        Assert.False(outbox.IsFlushing);
        Assert.Equal(1, outbox.Count);
    }

    [Fact]
    public void Batch_ids_differ_and_have_no_dots()
    {
        var outbox = Filled(2);
        outbox.StartFlush();
        var first = outbox.CutBatch(new BatchLimits(1, 1024));
        outbox.Complete();
        var second = outbox.CutBatch(new BatchLimits(1, 1024));

        Assert.NotEqual(first.Id, second.Id);
        Assert.Matches("^[0-9a-f]{32}$", first.Id);
    }

    [Fact]
    public void Any_mix_of_events_and_flushes_keeps_order_bounds_and_the_account_of_bytes()
    {
        var anyStep = Gen.OneOf(
            Gen.Int[1, 400].Select(size => (IsEvent: true, Size: size, Limits: default(BatchLimits))),
            Gen.Select(Gen.Int[1, 10], Gen.Int[100, 3000]).Select(limits => (IsEvent: false, Size: 0, Limits: new BatchLimits(limits.Item1, limits.Item2))));
        anyStep.Array[1, 60].Sample(steps =>
        {
            var budget = Unbounded();
            var outbox = new MemoryOutbox(budget);
            var (added, sent) = (0, new List<string>());
            foreach (var step in steps)
            {
                if (step.IsEvent)
                {
                    Add(outbox, budget, Some.EventOfSize($"{added++}", step.Size + 8));
                    continue;
                }

                foreach (var batch in Flush(outbox, step.Limits))
                {
                    sent.AddRange(batch.Select(e => e.Id));
                    Assert.InRange(batch.Length, 1, step.Limits.MaxEvents);
                    Assert.True(batch.Length == 1 || BodyLength(batch) <= step.Limits.MaxBytes);
                }
            }

            Assert.Equal(added - sent.Count, outbox.Count);
            Assert.Equal(Enumerable.Range(0, sent.Count).Select(i => $"{i}"), sent);
            Assert.Equal(added - sent.Count, outbox.TakeAll().Count);
            Assert.Equal(0, budget.UsedBytes);
        });
    }

    private static OutboxBudget Unbounded() => new(long.MaxValue, RefusalReason.OutboxFull);

    private static int BodyLength(WebhookEvent[] events) =>
        BatchEncoding.FrameLength + events.Sum(BatchEncoding.LengthOf) + ((events.Length - 1) * BatchEncoding.SeparatorLength);

    private static void Add(MemoryOutbox outbox, OutboxBudget budget, WebhookEvent e)
    {
        Assert.Null(budget.TryTake(OutboxBudget.CostOf(e)));
        outbox.Add(new OutboxEntry(e, default));
    }

    private static MemoryOutbox Filled(int events)
    {
        var outbox = new MemoryOutbox(Unbounded());
        for (var i = 0; i < events; i++)
            outbox.Add(new OutboxEntry(Some.Event($"{i}"), default));
        return outbox;
    }

    private static List<WebhookEvent[]> Flush(MemoryOutbox outbox, BatchLimits limits)
    {
        var batches = new List<WebhookEvent[]>();
        outbox.StartFlush();
        while (outbox.IsFlushing)
        {
            batches.Add([.. outbox.CutBatch(limits).Entries.Select(entry => entry.Event)]);
            outbox.Complete();
        }

        return batches;
    }
}
