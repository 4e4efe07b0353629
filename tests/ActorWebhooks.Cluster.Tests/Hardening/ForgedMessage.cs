using Akka.Actor;
using Akka.Serialization;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>A message that says of itself what it likes.</summary>
/// <param name="Serializer">Of the identifier of whom it is said to be.</param>
/// <param name="Manifest">The type that it is said to be of.</param>
internal sealed record ForgedMessage(int Serializer, string Manifest, byte[] Bytes);

/// <summary>Takes on the identifier of each message that it writes.</summary>
internal sealed class ForgedMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const int Own = 4_711;

    [ThreadStatic]
    private static int? _announced;

    private int? _identifier;

    // Akka.Remote asks for it behind the bytes.
    public override int Identifier => _identifier ?? _announced ?? Own;

    /// <summary>Writes with Akka.DistributedData, which has one of these for itself, and asks for the identifier before the bytes.</summary>
    public static T Announce<T>(ForgedMessage forged, Func<T> write)
    {
        _announced = forged.Serializer;
        try
        {
            return write();
        }
        finally
        {
            _announced = null;
        }
    }

    public override byte[] ToBinary(object obj)
    {
        _identifier = ((ForgedMessage)obj).Serializer;
        return ((ForgedMessage)obj).Bytes;
    }

    public override string Manifest(object o) => ((ForgedMessage)o).Manifest;

    public override object FromBinary(byte[] bytes, string manifest) => throw new NotSupportedException();
}
