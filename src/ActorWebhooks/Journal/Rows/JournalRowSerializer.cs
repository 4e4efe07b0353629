using Akka.Actor;
using Akka.Serialization;

namespace ActorWebhooks.Journal.Rows;

/// <summary>Hands the bytes of rows to journal plugins and takes them back, whatever is in them: damage is found by who reads the row.</summary>
internal sealed class JournalRowSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const string Name = "actor-webhooks-journal";

    private const string RowManifest = "r";

    /// <summary>Stands in journals beside each row.</summary>
    public override int Identifier => 1_742_301;

    public override string Manifest(object o) => RowManifest;

    public override byte[] ToBinary(object obj) => ((JournalRow)obj).Bytes;

    public override object FromBinary(byte[] bytes, string manifest) => new JournalRow(bytes);

    /// <summary>Makes an actor system know it, also one that is already running.</summary>
    public static void Register(ExtendedActorSystem system)
    {
        var serializer = new JournalRowSerializer(system);
        system.Serialization.AddSerializer(Name, serializer);
        system.Serialization.AddSerializationMap(typeof(JournalRow), serializer);
    }
}
