using ActorWebhooks.Connections;

namespace ActorWebhooks.Fuzz.Targets;

/// <summary>What passes on a connection in HTTP/2, whole or in single bytes: the same requests are open, and no more than were sent.</summary>
internal static class Http2StreamsTarget
{
    private const int FrameOverhead = 9;

    // Three requests: with their headers alone they are open.
    private static readonly byte[] Requests = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Headers(1), .. Headers(3), .. Headers(5)];

    public static FuzzTarget Target { get; } = new(
        "http2-streams",
        Bytes.Of("\0\0\u0006\u0004\0\0\0\0\0\0\u0003\0\0\0\u0064\0\0\0\u0001\u0005\0\0\0\u0001", "\0\0\u0004\u0003\0\0\0\0\u0003\0\0\0\u0007", "\0\0\u0001\u0001\u0001\0\0\0\u0005x\0\0\u0001\t\u0004\0\0\0\u0005x"),
        Bytes.Of("\0\0\0", "\0\0\u0001", "\u0001\u0005\0\0\0\u0001", "\0\u0001\0\0\0\u0003", "\u0003\0\0\0\0\u0005", "\t\u0004\0\0\0\u0005"),
        Run);

    private static byte[] Headers(byte stream) => [0, 0, 0, 1, 4, 0, 0, 0, stream];

    private static void Run(byte[] input)
    {
        var (whole, single) = (new Http2Streams(), new Http2Streams());
        whole.Sent(Requests);
        whole.Received(input);
        foreach (var b in Requests)
            single.Sent([b]);
        foreach (var b in input)
            single.Received([b]);
        if (whole.Open != single.Open)
            throw new InvalidOperationException($"In pieces {single.Open} are open, whole {whole.Open}.");
        if (whole.Open > 3 || whole.Open < 3 - (input.Length / FrameOverhead))
            throw new InvalidOperationException($"{whole.Open} are open.");
    }
}
