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
        var ofTwo = BatchBody.FrameLength + (2 * Some.Event("0").Encoded.Length) + BatchBody.SeparatorLength;

        outbox.StartFlush();
        var two = outbox.CutBatch(new BatchLimits(100, ofTwo));
        Assert.Equal((2, ofTwo), (two.Events.Count, two.Body.Length));
        outbox.Complete();
        Assert.Equal(1, outbox.CutBatch(new BatchLimits(100, ofTwo - 1)).Events.Count);
    }

    [Fact]
    public void Event_larger_than_a_batch_may_be_is_sent_alone()
    {
        var outbox = Filled(Some.Event("1"), Some.EventOfSize("large", 5000), Some.Event("3"));

        Assert.Equal(
            [["1"], ["large"], ["3"]],
            Flush(outbox, new BatchLimits(100, 2000)).Select(batch => batch.Select(e => e.Id).ToArray()));
    }

    [Fact]
    public void Flush_takes_what_waits_at_its_start_and_nothing_that_comes_later()
    {
        var intake = new OutboxIntake(new AcceptanceClock(TimeProvider.System));
        var outbox = Filled(intake, Some.Event("0"), Some.Event("1"));
        outbox.StartFlush();
        intake.Append(Some.Event("late"));
        outbox.TakeIn();

        Assert.Equal(["0", "1"], outbox.CutBatch(new BatchLimits(100, 100_000)).Events.Ids());
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
            var intake = new OutboxIntake(new AcceptanceClock(TimeProvider.System));
            var outbox = new MemoryOutbox(budget, intake);
            var (added, sent) = (0, new List<string>());
            foreach (var step in steps)
            {
                if (step.IsEvent)
                {
                    Assert.True(intake.TryAdd(budget, Some.EventOfSize($"{added++}", step.Size + 8)));
                    if (step.Size % 2 == 0)
                        outbox.TakeIn();
                    continue;
                }

                outbox.TakeIn();
                foreach (var batch in Flush(outbox, step.Limits))
                {
                    sent.AddRange(batch.Select(e => e.Id));
                    Assert.InRange(batch.Length, 1, step.Limits.MaxEvents);
                    Assert.True(batch.Length == 1 || BodyLength(batch) <= step.Limits.MaxBytes);
                }
            }

            outbox.TakeIn();
            Assert.Equal(added - sent.Count, outbox.Count);
            Assert.Equal(Enumerable.Range(0, sent.Count).Select(i => $"{i}"), sent);
            Assert.Equal(added - sent.Count, outbox.TakeAll().Count);
            Assert.Equal(0, budget.UsedBytes);
        });
    }

    private static OutboxBudget Unbounded() => new(long.MaxValue);

    private static int BodyLength(WebhookEvent[] events) =>
        BatchBody.FrameLength + events.Sum(e => e.Encoded.Length) + ((events.Length - 1) * BatchBody.SeparatorLength);

    private static MemoryOutbox Filled(int events) => Filled([.. Enumerable.Range(0, events).Select(i => Some.Event($"{i}"))]);

    private static MemoryOutbox Filled(params WebhookEvent[] events) =>
        Filled(new OutboxIntake(new AcceptanceClock(TimeProvider.System)), events);

    private static MemoryOutbox Filled(OutboxIntake intake, params WebhookEvent[] events)
    {
        var outbox = new MemoryOutbox(Unbounded(), intake);
        foreach (var e in events)
            intake.Append(e);
        outbox.TakeIn();
        return outbox;
    }

    private static List<WebhookEvent[]> Flush(MemoryOutbox outbox, BatchLimits limits)
    {
        var batches = new List<WebhookEvent[]>();
        outbox.StartFlush();
        while (outbox.IsFlushing)
        {
            batches.Add([.. outbox.CutBatch(limits).Events.Decode()]);
            outbox.Complete();
        }

        return batches;
    }
}
