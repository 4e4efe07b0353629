using System.IO.Compression;
using Google.Protobuf;

namespace ActorWebhooks.Cluster.Tests.Hardening;

/// <summary>Writes Protobuf field by field, whether any message has such fields or not.</summary>
internal static class ProtobufBytes
{
    public static void Message(CodedOutputStream output, int field, Action<CodedOutputStream> write) => Bytes(output, field, Coded(write));

    public static void Utf8(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    public static void Number(CodedOutputStream output, int field, long number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(number);
    }

    public static void Fixed(CodedOutputStream output, int field, ulong number)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteFixed64(number);
    }

    public static void Bytes(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    public static byte[] Coded(Action<CodedOutputStream> write)
    {
        var output = new MemoryStream();
        using (var coded = new CodedOutputStream(output, leaveOpen: true))
            write(coded);
        return output.ToArray();
    }

    public static byte[] Compressed(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var zip = new GZipStream(output, CompressionLevel.Optimal))
            zip.Write(bytes);
        return output.ToArray();
    }
}
