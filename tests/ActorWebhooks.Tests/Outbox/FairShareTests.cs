using ActorWebhooks.Outbox;
using CsCheck;

namespace ActorWebhooks.Tests.Outbox;

public sealed class FairShareTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void Whatever_webhooks_fill_and_drain_nobody_is_refused_for_what_others_hold_and_the_bound_holds()
    {
        var refusals = 0;
        var anyStep = Gen.Select(
            Gen.Frequency(
                (6, Gen.Const(FairShareStepKind.Take)),
                (3, Gen.Const(FairShareStepKind.Fill)),
                (2, Gen.Const(FairShareStepKind.Drain)),
                (2, Gen.Const(FairShareStepKind.Deliver)),
                (2, Gen.Const(FairShareStepKind.Fail))),
            Gen.Int[0, 39],
            Gen.OneOf(Gen.Int[1, 50], Gen.Int[1, 2_000]),
            (kind, webhook, bytes) => new FairShareStep(kind, webhook, bytes));
        Gen.Select(Gen.Int[2_400, 100_000], Gen.Int[1, 40], anyStep.Array[1, 60]).Sample(
            (nodeBytes, webhooks, steps) =>
            {
                var model = new FairShareModel(nodeBytes, webhooks);
                model.Run(steps);
                Interlocked.Add(ref refusals, model.Refusals);
            });

        Assert.NotEqual(0, refusals);
    }

    [Fact]
    public async Task Senders_at_once_keep_the_bound_and_who_stays_below_the_share_is_not_refused_by_those_who_take_all_they_can()
    {
        const int greedy = 3;
        const int modest = 3;
        const long nodeBytes = 240_000;
        var node = new NodeBudget(nodeBytes);
        var share = NodeBudget.ShareOf(nodeBytes, greedy + modest);
        var isOver = false;
        var most = 0L;
        var refusedGreedy = 0;

        var hoarding = Enumerable.Range(0, greedy).Select(number => Task.Run(() =>
        {
            var random = new Random(number);
            var budget = new OutboxBudget(nodeBytes, node) { Standing = (EndpointStanding)(number % 3) };
            var held = new Queue<int>();
            while (!Volatile.Read(ref isOver))
            {
                var bytes = random.Next(1, 500);
                if (budget.TryTake(bytes) is null)
                    held.Enqueue(bytes);
                else
                    Interlocked.Increment(ref refusedGreedy);
                InterlockedMax(ref most, node.UsedBytes);
                if (random.Next(100) == 0)
                    GiveBack(budget, held, random.Next(held.Count + 1));
            }

            GiveBack(budget, held, held.Count);
        })).ToList();
        await Testing.Eventually.True(() => node.IsOverHalf && Volatile.Read(ref refusedGreedy) > 0);
        var refused = await Task.WhenAll(Enumerable.Range(0, modest).Select(number => Task.Run(() =>
        {
            var random = new Random(number + 100);
            var budget = new OutboxBudget(nodeBytes, node);
            var held = new Queue<int>();
            var refusals = 0;
            for (var round = 0; round < Rounds; round++)
            {
                var bytes = random.Next(1, 100);
                if (budget.UsedBytes + bytes > share)
                    GiveBack(budget, held, held.Count);
                if (budget.TryTake(bytes) is null)
                    held.Enqueue(bytes);
                else
                    refusals++;
            }

            GiveBack(budget, held, held.Count);
            return refusals;
        })));
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(hoarding);

        Assert.All(refused, refusals => Assert.Equal(0, refusals));
        Assert.InRange(most, nodeBytes / 2, nodeBytes);
        Assert.Equal((0, NodeBudget.ShareOf(nodeBytes, 0)), (node.UsedBytes, node.Share));
    }

    private static void GiveBack(OutboxBudget budget, Queue<int> held, int events)
    {
        for (; events > 0; events--)
            budget.GiveBack(held.Dequeue());
    }

    private static void InterlockedMax(ref long target, long value)
    {
        for (var current = Volatile.Read(ref target); current < value;)
            current = Interlocked.CompareExchange(ref target, value, current);
    }
}
