namespace ActorWebhooks.Outbox;

/// <summary>Events in a row, over one page or several. Whoever has split it has its two parts and not the whole any more.</summary>
internal sealed class EventRun
{
    private readonly ArraySegment<EventSlice> _slices;

    /// <param name="slices">At least one, none of them empty. Handed over.</param>
    public EventRun(EventSlice[] slices)
        : this(slices, CountOf(slices))
    {
    }

    private EventRun(ArraySegment<EventSlice> slices, int count) => (_slices, Count) = (slices, count);

    public ReadOnlySpan<EventSlice> Slices => _slices;

    public int Count { get; }

    /// <summary>What the events took of the budget.</summary>
    public long Cost
    {
        get
        {
            var cost = 0L;
            foreach (var slice in _slices)
                cost += slice.Cost;
            return cost;
        }
    }

    /// <summary>The moment of the first.</summary>
    public TimeSpan AcceptedAt => _slices[0].AcceptedAt;

    /// <param name="count">At least one event, and not all.</param>
    public (EventRun Head, EventRun Tail) SplitAt(int count)
    {
        var (whole, left) = (0, count);
        for (; left >= _slices[whole].Count; whole++)
            left -= _slices[whole].Count;
        var (head, tail) = (_slices[..whole], _slices[whole..]);
        if (left > 0)
        {
            // The tail keeps the array, so that to take from the beginning again and again costs no more than what is taken.
            head = (EventSlice[])[.. head, tail[0].Take(left)];
            tail[0] = tail[0].Skip(left);
        }

        return (new EventRun(head, count), new EventRun(tail, Count - count));
    }

    /// <summary>How many at the beginning were accepted before <paramref name="moment"/>.</summary>
    public int CountOlderThan(TimeSpan moment)
    {
        var count = 0;
        foreach (var slice in _slices)
        {
            var older = slice.CountOlderThan(moment);
            count += older;
            if (older < slice.Count)
                break;
        }

        return count;
    }

    /// <param name="id">The UTF-8 bytes of its id.</param>
    /// <returns>Null if it is not in the run.</returns>
    public WebhookEvent? Find(ReadOnlySpan<byte> id)
    {
        foreach (var slice in _slices)
        {
            if (slice.IndexOf(id) is var i and >= 0)
                return WebhookEvent.Decode(slice.Page.Bytes(slice.Page.StartOf(i), slice.Page.EndOf(i)).Span);
        }

        return null;
    }

    public List<WebhookEvent> Decode()
    {
        var events = new List<WebhookEvent>(Count);
        foreach (var slice in _slices)
            slice.DecodeInto(events);
        return events;
    }

    private static int CountOf(EventSlice[] slices)
    {
        var count = 0;
        foreach (var slice in slices)
            count += slice.Count;
        return count;
    }
}
