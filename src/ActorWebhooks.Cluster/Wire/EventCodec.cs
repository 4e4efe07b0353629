using ActorWebhooks.Events;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>
/// Events go from node to node as they are sent to the endpoint, so with the milliseconds of their time and no more. The data is not looked
/// into, as it is not by anybody on its way.
/// </summary>
internal static class EventCodec
{
    private const int LeastData = 2;

    public static WebhookEvent Read(ReadOnlySpan<byte> encoded) =>
        Decode(encoded) is { } e && IsWhole(e, encoded) ? e : throw WireReader.Fault("an event is not what an event looks like");

    // Decoding trusts its bytes, and stumbles over those of anything else.
    private static WebhookEvent? Decode(ReadOnlySpan<byte> encoded)
    {
        try
        {
            return WebhookEvent.Decode(encoded);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    // Whether it would be written the same, as far as the data goes.
    private static bool IsWhole(WebhookEvent e, ReadOnlySpan<byte> encoded)
    {
        if (!EventId.IsValid(e.Id) || !EventType.IsValid(e.Type))
            return false;
        Span<byte> head = stackalloc byte[EventEncoding.HeadLength(e.Id.Length, e.Type.Length)];
        EventEncoding.WriteHead(head, e.Id, e.CreatedAt.UtcDateTime, e.Type);
        return encoded.Length > head.Length + LeastData && encoded.StartsWith(head) && encoded[head.Length] == '{' && encoded[^1] == '}';
    }
}
