using Akka.Actor;
using Akka.Serialization;

namespace ActorWebhooks.Journal.Rows;

/// <summary>
/// Hands the bytes of rows to journal plugins and takes them back, whatever is in them: damage is found by who reads the row. It is bound in
/// reference.conf, as what is registered in code is forgotten whenever an extension adds to the configuration.
/// </summary>
internal sealed class JournalRowSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string RowManifest = "r";

    /// <summary>Stands in journals beside each row.</summary>
    public override int Identifier => 1_742_301;

    public override string Manifest(object o) => RowManifest;

    public override byte[] ToBinary(object obj) => ((JournalRow)obj).Bytes;

    public override object FromBinary(byte[] bytes, string manifest) => new JournalRow(bytes);
}
