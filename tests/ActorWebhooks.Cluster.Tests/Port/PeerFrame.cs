using Google.Protobuf;

namespace ActorWebhooks.Cluster.Tests.Port;

/// <summary>What a peer may write to a port, as Akka.Remote writes it.</summary>
internal static class PeerFrame
{
    private const int Associate = 1;
    private const int StringSerializer = 17;

    /// <summary>Says who it is.</summary>
    public static byte[] Introduction(string name, ulong life) => Coded(output => Message(output, 2, instruction =>
    {
        Number(instruction, 1, Associate);
        Message(instruction, 2, info =>
        {
            Message(info, 1, origin =>
            {
                Text(origin, 1, name);
                Text(origin, 2, "127.0.0.1");
                Number(origin, 3, 1);
                Text(origin, 4, "tcp");
            });
            Fixed(info, 2, life);
        });
    }));

    /// <summary>A text for an actor.</summary>
    /// <param name="sequence">Null when it is no system message.</param>
    public static byte[] Text(string recipient, string? sender = null, ulong? sequence = null, string text = "it") => Envelope(envelope =>
    {
        Message(envelope, 1, reference => Text(reference, 1, recipient));
        Message(envelope, 2, payload =>
        {
            Text(payload, 1, text);
            Number(payload, 2, StringSerializer);
            Text(payload, 3, "S");
        });
        if (sender is not null)
            Message(envelope, 4, reference => Text(reference, 1, sender));
        Fixed(envelope, 5, sequence ?? ulong.MaxValue);
    });

    public static byte[] Envelope(Action<CodedOutputStream> write) => Coded(output => Bytes(output, 1, Coded(container => Message(container, 2, write))));

    public static void Message(CodedOutputStream output, int field, Action<CodedOutputStream> write) => Bytes(output, field, Coded(write));

    public static void Text(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    public static void Number(CodedOutputStream output, int field, int number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt32(number);
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
}
