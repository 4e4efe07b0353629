namespace ActorWebhooks.Connections;

/// <summary>The place of one webhook among those that want a connection. Only <see cref="ConnectionTurns"/> changes it.</summary>
internal class ConnectionTurn
{
    public ConnectionTurn() => Place = new LinkedListNode<ConnectionTurn>(this);

    public ConnectionClass Class { get; set; }

    public TurnState State { get; set; }

    /// <summary>Tells one request for a connection from the next.</summary>
    public long Request { get; set; }

    /// <summary>When the connection was granted, on the monotonic clock.</summary>
    public TimeSpan HeldSince { get; set; }

    /// <summary>Its node in whichever list it is in.</summary>
    public LinkedListNode<ConnectionTurn> Place { get; }
}
