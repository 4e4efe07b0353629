namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// How far each peer is with its system messages. Akka keeps those that come before their turn, and makes a list of all that are missing, without a
/// bound. A peer sends what is missing again, so that only what is next or was there before needs to be taken in; and of that only so much that Akka has
/// not acknowledged, as not all that is taken in reaches it.
/// </summary>
internal sealed class PeerSequences(int mostPeers = PeerSequences.MostPeers)
{
    // Beyond it a new peer takes the place of the one whose last connection ended longest ago. A peer that has a connection is not forgotten, and the
    // port bounds connections.
    private const int MostPeers = 10_000;

    private readonly Dictionary<string, PeerSequence> _peers = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _gone = [];
    private readonly Lock _gate = new();

    /// <summary>A connection of the peer has begun.</summary>
    /// <param name="peer">Its address and the number of its life, as they come in.</param>
    public PeerSequence Enter(ReadOnlySpan<byte> peer)
    {
        var key = Convert.ToBase64String(peer);
        lock (_gate)
        {
            if (!_peers.TryGetValue(key, out var sequence))
            {
                if (_peers.Count >= mostPeers && _gone.First is { } longest)
                {
                    _peers.Remove(longest.Value);
                    _gone.RemoveFirst();
                }

                _peers.Add(key, sequence = new PeerSequence(key));
            }

            if (sequence.Connections++ == 0 && sequence.Gone is { } gone)
                _gone.Remove(gone);
            sequence.Gone = null;
            return sequence;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Leave(PeerSequence sequence)
    {
        lock (_gate)
        {
            if (--sequence.Connections == 0)
                sequence.Gone = _gone.AddLast(sequence.Key);
        }
    }
}

/// <summary>How far one peer is.</summary>
internal sealed class PeerSequence(string key)
{
    private const int MostUnacknowledged = 1024 * 1024;

    private readonly Lock _gate = new();
    private ulong _next;
    private long _unacknowledgedBytes;

    public string Key => key;

    /// <summary>How many it has now.</summary>
    public int Connections { get; set; }

    /// <summary>Its place among those that have none.</summary>
    public LinkedListNode<string>? Gone { get; set; }

    /// <returns>False when messages before it are missing, or too many have not been acknowledged.</returns>
    public bool TryTake(ulong sequence, int bytes)
    {
        lock (_gate)
        {
            if (sequence > _next || _unacknowledgedBytes + bytes > MostUnacknowledged)
                return false;
            _unacknowledgedBytes += bytes;
            if (sequence == _next)
                _next++;
            return true;
        }
    }

    /// <summary>Akka has told the peer up to which message it has them all.</summary>
    public void Acknowledge(ulong sequence)
    {
        lock (_gate)
        {
            // It is less as long as any is missing.
            if (unchecked(sequence + 1) == _next)
                _unacknowledgedBytes = 0;
        }
    }
}
