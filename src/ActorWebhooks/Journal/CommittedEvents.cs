using ActorWebhooks.Outbox;

namespace ActorWebhooks.Journal;

/// <summary>Events that count as accepted, on their way from the journal to the outbox: through memory as far as the memory window reaches.</summary>
internal sealed class CommittedEvents(Standing standing, OutboxBudget budget, NodeBudget nodeBudget, long memoryWindow)
{
    private readonly EventQueue _events = new();

    public int Count => _events.Count;

    /// <summary>
    /// How much more there may be in memory before anything has to leave it: of the memory window, or of the webhook's share while the node is
    /// over half. Where there is nothing, one row may come in any case.
    /// </summary>
    public long Room =>
        Math.Max(0, (nodeBudget.IsOverHalf ? Math.Min(memoryWindow, nodeBudget.Share) : memoryWindow) - standing.Rows.MemoryBytes);

    /// <summary>A row of events was written.</summary>
    public void Add(long row, EventRun events)
    {
        var cost = events.Cost;
        if (standing.Rows.Behind > 0 || (cost > Room && standing.Rows.MemoryBytes > 0))
        {
            standing.Rows.LetGo(row, events.Count, cost);
            LetGo(events);
            return;
        }

        standing.Rows.Kept(row, events.Count, cost);
        foreach (var slice in events.Slices)
            _events.Enqueue(slice);
    }

    /// <summary>A row was read; some events of it may be done with.</summary>
    /// <param name="page">Its events; null when it has none.</param>
    public void Load(long row, EventPage? page)
    {
        if (page is null)
        {
            standing.Rows.Loaded(row, 0, 0);
            return;
        }

        var done = Math.Min(standing.Rows.IndexIn(row), page.Count);
        var slice = new EventSlice(page, done, page.Count);
        if (done > 0)
            page.Leave(done);
        if (slice.Count == 0)
        {
            standing.Rows.Loaded(row, 0, 0);
            return;
        }

        budget.Take(slice.Cost, slice.Count);
        standing.Find(standing.Rows.Loaded(row, slice.Count, slice.Cost));
        _events.Enqueue(slice);
    }

    /// <summary>Events that have no row.</summary>
    public void Pass(EventSlice slice)
    {
        standing.Rows.Passed(slice.Count, slice.Cost);
        _events.Enqueue(slice);
    }

    public void TakeInto(EventQueue waiting)
    {
        while (_events.Count > 0)
            waiting.Enqueue(_events.TakeSlice());
    }

    /// <summary>Memory of events that the journal holds, or that are given up.</summary>
    public void LetGo(EventRun events)
    {
        foreach (var slice in events.Slices)
            LetGo(slice);
    }

    public void LetGo(EventSlice events)
    {
        budget.GiveBack(events.Cost, events.Count);
        events.Page.Leave(events.Count);
    }
}
