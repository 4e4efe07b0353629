using Akka.Actor;
using Akka.Serialization;

namespace ActorWebhooks.Cluster.Wire;

/// <summary>Writes and reads everything that nodes say to each other.</summary>
internal sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public override int Identifier => 1_742_302;

    public override string Manifest(object o) => throw new NotImplementedException();

    public override byte[] ToBinary(object obj) => throw new NotImplementedException();

    public override object FromBinary(byte[] bytes, string manifest) => throw new NotImplementedException();
}
