namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// Connections that are being opened, with a bound: whoever names many addresses that do not answer would take all handles. A node that is there answers
/// at once, so the one that has waited longest is given up for a new one. May be used from any thread.
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
