using System.Net;

namespace ActorWebhooks.Server.Intake;

/// <summary>The place of one connection among the <see cref="ConnectionSeats"/>, which change it under their lock.</summary>
internal sealed class ConnectionSeat(ConnectionSeats seats, IPAddress address)
{
    /// <summary>That it counts for.</summary>
    public IPAddress Address { get; } = address;

    /// <summary>Whether it may only ask for the health of the node.</summary>
    public bool IsReserve { get; set; }

    /// <summary>Whether it was told to end, and counts no more.</summary>
    public bool IsEnding { get; set; }

    public SeatState State { get; set; }

    /// <summary>When the state began, as a timestamp.</summary>
    public long Since { get; set; }

    /// <summary>Ends the connection; null before there is one.</summary>
    public Action? Abort { get; set; }

    public void BeginReceiving() => seats.SetState(this, SeatState.Receiving);

    public void EndReceiving() => seats.SetState(this, SeatState.Working);
}
