using System.Collections.Concurrent;

namespace ActorWebhooks.Ownership;

/// <summary>
/// Webhooks that were stopped in this process while a row was being written, which may come late and stand where a row of the next life was to
/// be. Any thread may use it.
/// </summary>
internal sealed class UnsettledWebhooks
{
    private const int MostIds = 10_000;

    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);
    private volatile bool _isFull;

    public void Add(string id)
    {
        if (_ids.Count < MostIds)
            _ids[id] = 0;
        else
            _isFull = true;
    }

    /// <summary>Whether it is one; when there were too many to remember, every webhook is.</summary>
    public bool Contains(string id) => _isFull || _ids.ContainsKey(id);

    /// <summary>Its former life is fenced off.</summary>
    public void Remove(string id) => _ids.TryRemove(id, out _);
}
