using System.Collections.Concurrent;

namespace ActorWebhooks.Publishing;

/// <summary>The publications that somebody waits for, so that nobody waits for ever when the webhooks stop.</summary>
internal sealed class OpenReceipts
{
    private readonly ConcurrentDictionary<Publication, byte> _open = new();

    public void Add(Publication publication)
    {
        _open.TryAdd(publication, 0);
        publication.Receipt.Task.ContinueWith(
            (_, done) => _open.TryRemove((Publication)done!, out var _),
            publication,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Nobody will answer any more.</summary>
    public void Abandon()
    {
        foreach (var publication in _open.Keys)
            publication.Receipt.Abandon(publication.Events, RefusalReason.Stopping);
    }
}
