using System.Net;

namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// Who may have a connection to the port of a node, so that those who say nothing on theirs keep no other node out. When there are as many silent
/// ones as may be, or as many at all, the oldest of the address that has the most gives way. May be used from any thread.
/// </summary>
internal sealed class PortSeats(PortLimits limits)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PortSeat> _silent = [];
    private readonly LinkedList<PortSeat> _spoken = [];

    public (int Silent, int Spoken) Counts
    {
        get
        {
            lock (_gate)
                return (_silent.Count, _spoken.Count);
        }
    }

    /// <returns>False when there is no seat: it is this address that has the most.</returns>
    public bool TryEnter(PortSeat seat)
    {
        PortSeat? givesWay = null;
        lock (_gate)
        {
            if (_silent.Count >= limits.MaxSilent)
            {
                givesWay = OldestOfBusiest(_silent);
            }
            else if (_silent.Count + _spoken.Count >= limits.MaxConnections)
            {
                givesWay = OldestOfBusiest([.. _silent, .. _spoken]);
                if (givesWay.Address.Equals(seat.Address))
                    return false;
            }

            if (givesWay is not null)
                Remove(givesWay);
            _silent.AddLast(seat);
        }

        givesWay?.Close();
        return true;
    }

    /// <summary>It has said something, behind a certificate where one is needed.</summary>
    /// <returns>False when it had to give way meanwhile.</returns>
    public bool TrySpeak(PortSeat seat)
    {
        lock (_gate)
        {
            if (!_silent.Remove(seat))
                return false;
            seat.HasSpoken = true;
            _spoken.AddLast(seat);
            return true;
        }
    }

    public void Leave(PortSeat seat)
    {
        lock (_gate)
            Remove(seat);
    }

    private static PortSeat OldestOfBusiest(ICollection<PortSeat> seats)
    {
        var (most, counts) = (0, new Dictionary<IPAddress, int>());
        foreach (var seat in seats)
            most = Math.Max(most, counts[seat.Address] = counts.GetValueOrDefault(seat.Address) + 1);
        return seats.First(seat => counts[seat.Address] == most);
    }

    private void Remove(PortSeat seat) => (seat.HasSpoken ? _spoken : _silent).Remove(seat);
}
