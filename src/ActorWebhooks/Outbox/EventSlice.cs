using ActorWebhooks.Events;

namespace ActorWebhooks.Outbox;

/// <summary>Some neighbouring events of a page.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The first that is not in it any more.</param>
internal readonly record struct EventSlice(EventPage Page, int From, int To)
{
    public int Count => To - From;

    /// <summary>Of the events and the commas between them.</summary>
    public int Length => Page.EndOf(To - 1) - Page.StartOf(From);

    public ReadOnlyMemory<byte> Bytes => Page.Bytes(Page.StartOf(From), Page.EndOf(To - 1));

    /// <summary>The moment of the first.</summary>
    public TimeSpan AcceptedAt => Page.AcceptedAt(From);

    /// <summary>What the events took of the budget.</summary>
    public long Cost => OutboxBudget.CostOf(Count, Length - ((Count - 1) * BatchBody.SeparatorLength));

    public EventSlice Take(int count) => this with { To = From + count };

    public EventSlice Skip(int count) => this with { From = From + count };

    /// <summary>How many at the beginning were accepted before <paramref name="moment"/>.</summary>
    public int CountOlderThan(TimeSpan moment)
    {
        var index = From;
        while (index < To && Page.AcceptedAt(index) < moment)
            index++;
        return index - From;
    }

    /// <summary>How many at the beginning take no more than so many bytes, commas included.</summary>
    public int CountWithin(int bytes)
    {
        if (Length <= bytes)
            return Count;
        var start = Page.StartOf(From);
        var index = From;
        while (Page.EndOf(index) - start <= bytes)
            index++;
        return index - From;
    }

    /// <param name="id">The UTF-8 bytes of an event's id.</param>
    /// <returns>The place of the event in the page; -1 if it is not in this slice.</returns>
    public int IndexOf(ReadOnlySpan<byte> id)
    {
        for (var i = From; i < To; i++)
        {
            if (EventEncoding.HasId(Page.Bytes(Page.StartOf(i), Page.EndOf(i)).Span, id))
                return i;
        }

        return -1;
    }

    public void DecodeInto(List<WebhookEvent> events)
    {
        for (var i = From; i < To; i++)
            events.Add(WebhookEvent.Decode(Page.Bytes(Page.StartOf(i), Page.EndOf(i)).Span));
    }
}
