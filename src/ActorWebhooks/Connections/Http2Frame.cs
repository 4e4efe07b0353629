namespace ActorWebhooks.Connections;

/// <summary>The head of a frame of HTTP/2, without its length.</summary>
internal readonly record struct Http2Frame(byte Type, byte Flags, int StreamId)
{
    public const int HeadLength = 9;

    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Continuation = 9;

    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    public bool EndsStream => Type is Data or Headers && (Flags & EndStream) != 0;

    public bool EndsHeaders => Type is Headers or Continuation && (Flags & EndHeaders) != 0;
}
