using Akka.Actor;
using Akka.Serialization;

namespace ActorWebhooks.LoadTest.Contenders.Hop;

/// <summary>Writes and reads <see cref="Envelope"/>.</summary>
internal sealed class EnvelopeSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public static readonly string Hocon =
        $$"""
        akka.actor {
          serializers.envelope = "{{typeof(EnvelopeSerializer).FullName}}, {{typeof(EnvelopeSerializer).Assembly.GetName().Name}}"
          serialization-bindings."{{typeof(Envelope).FullName}}, {{typeof(Envelope).Assembly.GetName().Name}}" = envelope
        }
        """;

    public override int Identifier => 4_711;

    public override string Manifest(object o) => "e";

    public override byte[] ToBinary(object obj) => ((Envelope)obj).Bytes;

    public override object FromBinary(byte[] bytes, string manifest) => Envelope.Parse(bytes);
}
