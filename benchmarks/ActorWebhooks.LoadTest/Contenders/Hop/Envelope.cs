using System.Buffers.Binary;
using System.Text;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>Events for one entity, in the form in which they cross the network: the length of its id (2 bytes), the id, the events.</summary>
internal sealed class Envelope
{
    private readonly int _eventsAt;

    private Envelope(byte[] bytes, string entityId, int eventsAt) => (Bytes, EntityId, _eventsAt) = (bytes, entityId, eventsAt);

    public string EntityId { get; }

    public byte[] Bytes { get; }

    public ReadOnlyMemory<byte> Events => Bytes.AsMemory(_eventsAt);

    public static Envelope Create(string entityId, ReadOnlySpan<byte> events)
    {
        var idLength = Encoding.UTF8.GetByteCount(entityId);
        var eventsAt = sizeof(ushort) + idLength;
        var bytes = GC.AllocateUninitializedArray<byte>(eventsAt + events.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)idLength);
        Encoding.UTF8.GetBytes(entityId, bytes.AsSpan(sizeof(ushort)));
        events.CopyTo(bytes.AsSpan(eventsAt));
        return new Envelope(bytes, entityId, eventsAt);
    }

    public static Envelope Parse(byte[] bytes)
    {
        var idLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return new Envelope(bytes, Encoding.UTF8.GetString(bytes, sizeof(ushort), idLength), sizeof(ushort) + idLength);
    }
}
