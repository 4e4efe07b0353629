using System.Net;
using System.Net.Sockets;

namespace ActorWebhooks.Server.Intake;

/// <summary>
/// Who may have a connection to the server, so that those who do nothing with theirs keep nobody out. When all are taken, or all that an
/// address may have, one that is idle or waits long for its caller gives way. When none can, a reserve remains that answers for the health
/// of the node. May be used from any thread.
/// </summary>
internal sealed class ConnectionSeats(int most, int mostPerAddress, TimeProvider time)
{
    /// <summary>Connections beyond the most, for health.</summary>
    public const int Reserve = 16;

    /// <summary>How long a body may be arriving before its connection may be taken.</summary>
    public static readonly TimeSpan ReceivingGrace = TimeSpan.FromSeconds(2);

    // No request takes so long here: its caller does not read the answer.
    private static readonly TimeSpan WorkingGrace = TimeSpan.FromSeconds(60);

    // Connections that were told to end do so a moment later. There are at most so many.
    private const int MaxEnding = 32;
    private static readonly TimeSpan EndingPatience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly HashSet<ConnectionSeat> _open = [];
    private readonly Dictionary<IPAddress, int> _ofAddress = [];
    private int _ordinary;
    private int _reserve;
    private TaskCompletionSource? _left;
    private SeatCounts _counts;

    /// <summary>Since the start.</summary>
    public SeatCounts Counts
    {
        get
        {
            lock (_gate)
                return _counts;
        }
    }

    /// <summary>The seat of a connection that comes.</summary>
    /// <returns>Null when there is none, which is counted.</returns>
    public async ValueTask<ConnectionSeat?> TakeAsync(IPAddress address, CancellationToken cancellationToken)
    {
        var seat = new ConnectionSeat(this, CountedAs(address)) { Since = time.GetTimestamp() };
        while (true)
        {
            Task left;
            lock (_gate)
            {
                if (_open.Count < most + Reserve + MaxEnding)
                    break;
                _left ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                left = _left.Task;
            }

            try
            {
                await left.WaitAsync(EndingPatience, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                lock (_gate)
                    _counts = _counts with { Refused = _counts.Refused + 1 };
                return null;
            }
        }

        return TryTake(seat) ? seat : null;
    }

    /// <summary>Says how the connection is ended; that may have been decided already.</summary>
    public void Attach(ConnectionSeat seat, Action abort)
    {
        lock (_gate)
        {
            seat.Abort = abort;
            if (!seat.IsEnding)
                return;
        }

        abort();
    }

    /// <summary>A request has begun.</summary>
    /// <returns>False when it cannot be answered, because there is no room for anything but health; that is counted.</returns>
    public bool TryBegin(ConnectionSeat seat, bool isHealth)
    {
        ConnectionSeat? leaves = null;
        bool isTaken;
        lock (_gate)
        {
            if (seat is { IsReserve: true, IsEnding: false } && TryMakeRoom(seat.Address, out leaves))
            {
                _reserve--;
                seat.IsReserve = false;
                Count(seat, 1);
            }

            isTaken = isHealth || !seat.IsReserve;
            if (!isTaken)
                _counts = _counts with { Postponed = _counts.Postponed + 1 };
            Set(seat, SeatState.Working);
        }

        leaves?.Abort?.Invoke();
        return isTaken;
    }

    /// <summary>The request has been answered.</summary>
    public void End(ConnectionSeat seat) => SetState(seat, SeatState.Idle);

    public void SetState(ConnectionSeat seat, SeatState state)
    {
        lock (_gate)
            Set(seat, state);
    }

    /// <summary>The connection has ended.</summary>
    public void Leave(ConnectionSeat seat)
    {
        lock (_gate)
        {
            if (!_open.Remove(seat))
                return;
            if (!seat.IsEnding)
                Uncount(seat);
            _left?.TrySetResult();
            _left = null;
        }
    }

    // Those of one caller: an IPv6 caller has a whole network of 64 bits.
    private static IPAddress CountedAs(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private bool TryTake(ConnectionSeat seat)
    {
        ConnectionSeat? leaves;
        lock (_gate)
        {
            if (TryMakeRoom(seat.Address, out leaves))
            {
                Count(seat, 1);
            }
            else if (TryMakeRoomInReserve(out leaves))
            {
                seat.IsReserve = true;
                _reserve++;
            }
            else
            {
                _counts = _counts with { Refused = _counts.Refused + 1 };
                return false;
            }

            _open.Add(seat);
        }

        leaves?.Abort?.Invoke();
        return true;
    }

    /// <param name="leaves">What was told to end, and is to be ended outside of the lock; null when there was room.</param>
    private bool TryMakeRoom(IPAddress address, out ConnectionSeat? leaves)
    {
        leaves = null;
        var hasShare = _ofAddress.GetValueOrDefault(address) < mostPerAddress;
        if (hasShare && _ordinary < most)
            return true;
        leaves = Longest(seat => !seat.IsReserve && (hasShare || seat.Address.Equals(address)), byAddress: true);
        return TryEnd(leaves);
    }

    private bool TryMakeRoomInReserve(out ConnectionSeat? leaves)
    {
        leaves = null;
        if (_reserve < Reserve)
            return true;
        leaves = Longest(seat => seat.IsReserve, byAddress: false);
        return TryEnd(leaves);
    }

    private bool TryEnd(ConnectionSeat? leaves)
    {
        if (leaves is null)
            return false;
        Uncount(leaves);
        leaves.IsEnding = true;
        _counts = _counts with { GaveWay = _counts.GaveWay + 1 };
        return true;
    }

    /// <summary>What gives way first: of the address that has the most, the longest idle one, then the one that has waited longest for its caller.</summary>
    private ConnectionSeat? Longest(Predicate<ConnectionSeat> isMeant, bool byAddress)
    {
        var now = time.GetTimestamp();
        ConnectionSeat? found = null;
        var rank = (OfAddress: 0, State: SeatState.Idle, Since: 0L);
        foreach (var seat in _open)
        {
            if (seat.IsEnding || !isMeant(seat) || !MayEnd(seat, now))
                continue;
            var next = (OfAddress: byAddress ? -_ofAddress[seat.Address] : 0, seat.State, seat.Since);
            if (found is null || next.CompareTo(rank) < 0)
                (found, rank) = (seat, next);
        }

        return found;
    }

    private bool MayEnd(ConnectionSeat seat, long now) => seat.State switch
    {
        SeatState.Idle => true,
        SeatState.Receiving => time.GetElapsedTime(seat.Since, now) >= ReceivingGrace,
        _ => time.GetElapsedTime(seat.Since, now) >= WorkingGrace,
    };

    private void Set(ConnectionSeat seat, SeatState state)
    {
        seat.State = state;
        seat.Since = time.GetTimestamp();
    }

    private void Uncount(ConnectionSeat seat)
    {
        if (seat.IsReserve)
            _reserve--;
        else
            Count(seat, -1);
    }

    private void Count(ConnectionSeat seat, int change)
    {
        _ordinary += change;
        var count = _ofAddress.GetValueOrDefault(seat.Address) + change;
        if (count == 0)
            _ofAddress.Remove(seat.Address);
        else
            _ofAddress[seat.Address] = count;
    }
}
