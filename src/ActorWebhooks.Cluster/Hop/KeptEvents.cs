using ActorWebhooks.Outbox;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>The events that a sender keeps until they are released, numbered from 0 in the order in which they came.</summary>
internal sealed class KeptEvents(OutboxBudget budget)
{
    private const int Tidy = 256;

    // Of a run of neighbouring events, and the number of its first.
    private readonly List<(long From, EventSlice Slice)> _runs = [];
    private readonly HashSet<long> _takenOut = [];
    private int _head;

    /// <summary>The number of the first that is kept.</summary>
    public long First { get; private set; }

    /// <summary>The number that the next event to come will have.</summary>
    public long End { get; private set; }

    public void Add(EventSlice slice)
    {
        _runs.Add((End, slice));
        End += slice.Count;
    }

    /// <summary>The event keeps its number and goes as nothing.</summary>
    public void TakeOut(long number) => _takenOut.Add(number);

    /// <summary>All before this number are let go.</summary>
    public void ReleaseTo(long number)
    {
        while (First < number)
        {
            var (from, slice) = _runs[_head];
            var count = (int)Math.Min(number - from, slice.Count);
            var released = slice.Take(count);
            budget.GiveBack(released.Cost, count);
            released.Page.Leave(count);
            if (_takenOut.Count > 0)
                Forget(from, count);
            First = from + count;
            if (count < slice.Count)
                _runs[_head] = (First, slice.Skip(count));
            else
                _runs[_head++] = default;
        }

        if (_head > Tidy && _head > _runs.Count / 2)
        {
            _runs.RemoveRange(0, _head);
            _head = 0;
        }
    }

    /// <summary>What a bundle that begins here would hold.</summary>
    public BundleSize Measure(long from, HopLimits limits)
    {
        var (count, bytes) = (0, 0);
        for (var run = RunOf(from); run < _runs.Count; run++)
        {
            var slice = SliceFrom(run, from + count);
            for (var i = slice.From; i < slice.To; i++)
            {
                var length = _takenOut.Contains(from + count) ? 0 : slice.Page.EndOf(i) - slice.Page.StartOf(i);
                if (count > 0 && (count == limits.BundleEvents || bytes + length > limits.BundleBytes))
                    return new BundleSize(count, bytes, IsFull: true);
                count++;
                bytes += length;
            }
        }

        return new BundleSize(count, bytes, count == limits.BundleEvents || bytes >= limits.BundleBytes);
    }

    /// <summary>Puts the events of a bundle into it.</summary>
    public void WriteTo(Bundle bundle)
    {
        var (index, at) = (0, 0);
        for (var run = RunOf(bundle.From); index < bundle.Count; run++)
        {
            var slice = SliceFrom(run, bundle.From + index);
            for (var i = slice.From; i < slice.To && index < bundle.Count; i++, index++)
            {
                var isTakenOut = _takenOut.Contains(bundle.From + index);
                at = bundle.WriteEvent(index, at, isTakenOut ? [] : slice.Page.Bytes(slice.Page.StartOf(i), slice.Page.EndOf(i)).Span);
            }
        }
    }

    private void Forget(long from, int count)
    {
        for (var number = from; number < from + count; number++)
            _takenOut.Remove(number);
    }

    // The run with this event; the number of runs if it has not come yet.
    private int RunOf(long number)
    {
        if (number >= End)
            return _runs.Count;
        var (low, high) = (_head, _runs.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_runs[middle].From <= number)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private EventSlice SliceFrom(int run, long number)
    {
        var (from, slice) = _runs[run];
        return slice.Skip((int)(number - from));
    }
}
