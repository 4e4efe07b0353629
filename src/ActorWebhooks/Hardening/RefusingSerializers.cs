using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace ActorWebhooks.Hardening;

/// <summary>
/// Takes the place of a serializer of Akka that builds the types which its input names. Strict serialization takes such a serializer from what
/// is sent only: what comes in names its serializer itself. It has a string manifest so that Akka does not look the named type up either.
/// </summary>
internal abstract class RefusingSerializer(ExtendedActorSystem system, int identifier, string what) : SerializerWithStringManifest(system)
{
    private readonly RefusalLog _refusals = new(system, TimeProvider.System);

    public override int Identifier => identifier;

    public override string Manifest(object o) => "";

    public override byte[] ToBinary(object obj) => throw new SerializationException(
        $"{obj.GetType()} is not serialized: {what} is off in this actor system, because whoever sends it could have any type built or looked up. "
        + "Bind the type to a serializer of its own.");

    public override object FromBinary(byte[] bytes, string manifest) =>
        _refusals.Refuse(Identifier, manifest ?? "", $"{what} is off, because whoever sends it could have any type built or looked up.");
}

/// <summary>In the place of <see cref="NewtonSoftJsonSerializer"/>.</summary>
internal sealed class RefusingJsonSerializer(ExtendedActorSystem system) : RefusingSerializer(system, 1, "the JSON serializer of Akka.NET")
{
    // Akka has settings for the name that this goes by, and hands them over.
    public RefusingJsonSerializer(ExtendedActorSystem system, Config settings)
        : this(system)
    {
    }
}

/// <summary>In the place of Akka.Remote's serializer of Protobuf messages, which finds them by their names.</summary>
internal sealed class RefusingProtobufSerializer(ExtendedActorSystem system) : RefusingSerializer(system, 2, "the Protobuf serializer of Akka.Remote");

/// <summary>In the place of Akka.Remote's serializer of actors that another node deploys here.</summary>
internal sealed class RefusingDeploymentSerializer(ExtendedActorSystem system) : RefusingSerializer(system, 3, "remote deployment");

/// <summary>In the place of Akka.Cluster's serializer of Akka.Delivery, which makes its messages of whatever type is named in them.</summary>
internal sealed class RefusingDeliverySerializer(ExtendedActorSystem system) : RefusingSerializer(system, 36, "Akka.Delivery between nodes");

/// <summary>In the place of Akka.Streams' serializer of stream references, which looks up whatever type of events they name.</summary>
internal sealed class RefusingStreamRefSerializer(ExtendedActorSystem system) : RefusingSerializer(system, 30, "StreamRefs of Akka.Streams between nodes");
