namespace ActorWebhooks.Connections;

/// <summary>One of the connections that a node may have open, from before it is opened until it is closed.</summary>
internal sealed class ConnectionHandle(OpenConnections owner) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private CountedStream? _stream;

    /// <summary>Cancelled when somebody else needs the handle while the connection is still being opened.</summary>
    public CancellationToken Evicted => _cancellation.Token;

    /// <summary>Whose request it carries, or carried last. Guarded by the owner, as is all that follows.</summary>
    public AttemptScope? User { get; set; }

    public bool IsEvicted { get; set; }

    public bool IsFree { get; set; }

    /// <summary>Its node among the idle ones; in no list while it is in use.</summary>
    public LinkedListNode<ConnectionHandle>? Idle { get; set; }

    /// <summary>A request is written to it.</summary>
    /// <exception cref="ConnectionEvictedException">It was closed for another.</exception>
    public void Use()
    {
        if (AttemptScope.Current is { } scope && !ReferenceEquals(scope, User))
            owner.Use(this, scope);
    }

    public void Attach(CountedStream stream) => _stream = stream;

    /// <summary>Closes the connection, for another.</summary>
    public void Close()
    {
        _cancellation.Cancel();
        _stream?.Dispose();
    }

    /// <summary>The connection is closed.</summary>
    public void Dispose() => owner.Free(this);
}
