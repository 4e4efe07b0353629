using ActorWebhooks.Accounting;
using ActorWebhooks.DeadLetters;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Tests.Delivery.Model;

/// <summary>What became of the events that the model holds no more.</summary>
internal sealed class ModelBooks(DeadLetterLimits limits)
{
    public List<ModelLetter> Letters { get; } = [];

    public Dictionary<DropReason, long> Dropped { get; } = [];

    public long Accepted { get; set; }

    public long Delivered { get; set; }

    public void Drop(int count, DropReason reason)
    {
        if (count > 0)
            Dropped[reason] = Dropped.GetValueOrDefault(reason) + count;
    }

    public void Bury(IEnumerable<ModelItem> items, DeadLetterReason reason, AttemptOutcome? failure)
    {
        foreach (var item in items)
        {
            Letters.Add(new ModelLetter(item.Event, reason, failure?.Status, failure?.Error ?? failure?.Response ?? ""));
            while (Letters.Count > limits.MaxEvents || Letters.Sum(letter => letter.Cost) > limits.MaxBytes)
            {
                Letters.RemoveAt(0);
                Drop(1, DropReason.DeadLetterOverflow);
            }
        }
    }

    public int DropLetters()
    {
        var count = Letters.Count;
        Letters.Clear();
        Drop(count, DropReason.Discarded);
        return count;
    }
}
