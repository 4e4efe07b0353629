namespace ActorWebhooks.LoadTest.Receiving;

/// <summary>The receiver of a contender that delivers within its process: counts events, which have to come once and in order.</summary>
internal sealed class OrderedArrivals(Arrivals arrivals, int webhooks)
{
    private readonly long[] _last = new long[webhooks];
    private volatile string? _fault;

    /// <summary>Tells what has come since the last look.</summary>
    /// <exception cref="InvalidOperationException">An event came twice, or behind a later one.</exception>
    public ArrivalReport Take() => _fault is null ? arrivals.Take() : throw new InvalidOperationException(_fault);

    /// <summary>Events came for one webhook, before others for it do.</summary>
    /// <param name="sentAt">The clock readings in the events, which one producer has made.</param>
    public void Add(int webhook, List<long> sentAt, long bytes)
    {
        foreach (var at in sentAt)
        {
            if (at <= _last[webhook])
                _fault = $"Webhook {webhook}: an event was repeated, or came behind a later one.";
            _last[webhook] = at;
        }

        arrivals.Add(sentAt, bytes);
    }
}
