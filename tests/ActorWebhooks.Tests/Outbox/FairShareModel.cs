using ActorWebhooks.Outbox;

namespace ActorWebhooks.Tests.Outbox;

/// <summary>Webhooks that fill and drain the memory of a node, and what each holds by how it was taken.</summary>
internal sealed class FairShareModel(long nodeBytes, int webhooks)
{
    private readonly NodeBudget _node = new(nodeBytes);
    private readonly List<(OutboxBudget Budget, Queue<Held> Held)> _webhooks = [];

    private enum Taken
    {
        Delivering,
        NotDelivering,
        AsTheOnlyOne,
    }

    public int Refusals { get; private set; }

    public void Run(IEnumerable<FairShareStep> steps)
    {
        for (var i = 0; i < webhooks; i++)
            _webhooks.Add((new OutboxBudget(nodeBytes, _node), new Queue<Held>()));
        foreach (var step in steps)
        {
            Do(step);
            Assert.InRange(_node.UsedBytes, 0, nodeBytes);
            Assert.Equal(_webhooks.Sum(webhook => webhook.Budget.UsedBytes), _node.UsedBytes);
            Assert.Equal(NodeBudget.ShareOf(nodeBytes, Holders), _node.Share);
            Assert.InRange(Sum(Taken.NotDelivering), 0, nodeBytes * 3 / 4);
        }
    }

    private int Holders => _webhooks.Count(webhook => webhook.Budget.UsedBytes > 0);

    private void Do(FairShareStep step)
    {
        var (budget, held) = _webhooks[step.Webhook % webhooks];
        switch (step.Kind)
        {
            case FairShareStepKind.Take:
                Take(budget, held, step.Bytes);
                break;
            case FairShareStepKind.Fill:
                while (Take(budget, held, step.Bytes))
                {
                }

                break;
            case FairShareStepKind.Drain:
                for (var left = step.Bytes % (held.Count + 1); left > 0; left--)
                    budget.GiveBack(held.Dequeue().Bytes);
                break;
            case FairShareStepKind.Deliver:
                budget.Standing = EndpointStanding.Delivers;
                while (held.TryDequeue(out var delivered))
                    budget.GiveBack(delivered.Bytes);
                break;
            case FairShareStepKind.Fail:
                budget.Standing = EndpointStanding.Fails;
                break;
        }
    }

    private bool Take(OutboxBudget budget, Queue<Held> held, int bytes)
    {
        var will = budget.UsedBytes + bytes;
        var share = NodeBudget.ShareOf(nodeBytes, Holders + (held.Count == 0 ? 1 : 0));
        if (budget.TryTake(bytes) is null)
        {
            var taken = budget.Standing == EndpointStanding.Delivers ? Taken.Delivering : held.Count == 0 && bytes > share ? Taken.AsTheOnlyOne : Taken.NotDelivering;
            held.Enqueue(new Held(bytes, taken));
            return true;
        }

        Refusals++;
        Assert.True(will > share, $"A webhook that holds {will - bytes} of a share of {share} was refused {bytes}.");
        if (budget.Standing == EndpointStanding.Delivers)
        {
            var ofOthers = Sum(Taken.Delivering) + Sum(Taken.AsTheOnlyOne) - held.Where(mine => mine.How != Taken.NotDelivering).Sum(mine => (long)mine.Bytes);
            Assert.True(
                (2 * will) + ofOthers > nodeBytes / 8,
                $"A webhook that delivers and holds {will - bytes} was refused {bytes}, and others that deliver hold {ofOthers}.");
        }

        return false;
    }

    private long Sum(Taken how) => _webhooks.Sum(webhook => webhook.Held.Where(held => held.How == how).Sum(held => (long)held.Bytes));

    private readonly record struct Held(int Bytes, Taken How);
}
