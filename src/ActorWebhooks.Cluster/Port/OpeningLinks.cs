namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// Bounds the connections that are being opened. A peer that names many addresses which do not answer would otherwise take all handles. A live node answers
/// within milliseconds, so a new connection takes the place of the one that has waited longest. May be used from any thread.
/// </summary>
internal sealed class OpeningLinks(int most = OpeningLinks.Most)
{
    private const int Most = 64;

    private readonly LinkedList<CancellationTokenSource> _opening = [];
    private readonly Lock _gate = new();

    /// <param name="giveUp">Is cancelled when another one needs the place.</param>
    public LinkedListNode<CancellationTokenSource> Enter(CancellationTokenSource giveUp)
    {
        lock (_gate)
        {
            if (_opening.Count >= most && _opening.First is { } oldest)
            {
                _opening.RemoveFirst();
                _ = oldest.Value.CancelAsync();
            }

            return _opening.AddLast(giveUp);
        }
    }

    public void Leave(LinkedListNode<CancellationTokenSource> opening)
    {
        lock (_gate)
        {
            if (opening.List is not null)
                _opening.Remove(opening);
        }
    }
}
