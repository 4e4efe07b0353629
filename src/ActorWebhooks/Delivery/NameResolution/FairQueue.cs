using System.Diagnostics.CodeAnalysis;

namespace ActorWebhooks.Delivery.NameResolution;

/// <summary>
/// Names that wait for a lookup. Domains take turns, and a domain has a bounded number of lookups under way, so that one silent domain
/// with many names does not keep the names of others waiting.
/// </summary>
internal sealed class FairQueue(int maxRunning, int maxRunningOfDomain)
{
    private readonly Dictionary<string, DomainQueue> _domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<DomainQueue> _turns = new();

    /// <summary>Names that wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Names whose lookup is under way.</summary>
    public int Running { get; private set; }

    public void Add(NameEntry entry)
    {
        if (!_domains.TryGetValue(entry.Domain, out var domain))
            _domains[entry.Domain] = domain = new DomainQueue();
        domain.Waiting.Enqueue(entry);
        Waiting++;
        GiveTurn(domain);
    }

    /// <summary>The next name whose lookup may start; it runs from now on.</summary>
    public bool TryTake([NotNullWhen(true)] out NameEntry? entry)
    {
        entry = null;
        if (Running >= maxRunning || !_turns.TryDequeue(out var domain))
            return false;
        entry = domain.Waiting.Dequeue();
        Waiting--;
        Running++;
        domain.HasTurn = false;
        domain.Running++;
        GiveTurn(domain);
        return true;
    }

    /// <summary>The lookup of <paramref name="entry"/> has ended.</summary>
    public void End(NameEntry entry)
    {
        Running--;
        var domain = _domains[entry.Domain];
        domain.Running--;
        GiveTurn(domain);
        if (domain is { Running: 0, Waiting.Count: 0 })
            _domains.Remove(entry.Domain);
    }

    private void GiveTurn(DomainQueue domain)
    {
        if (domain.HasTurn || domain.Waiting.Count == 0 || domain.Running >= maxRunningOfDomain)
            return;
        domain.HasTurn = true;
        _turns.Enqueue(domain);
    }

    private sealed class DomainQueue
    {
        public Queue<NameEntry> Waiting { get; } = new();

        public int Running { get; set; }

        public bool HasTurn { get; set; }
    }
}
