using Google.Protobuf;
using static ActorWebhooks.Cluster.Tests.Hardening.ProtobufBytes;

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
                Utf8(origin, 1, name);
                Utf8(origin, 2, "127.0.0.1");
                Number(origin, 3, 1);
                Utf8(origin, 4, "tcp");
            });
            Fixed(info, 2, life);
        });
    }));

    /// <summary>A text for an actor.</summary>
    /// <param name="sequence">Null when it is no system message.</param>
    public static byte[] Tell(string recipient, string? sender = null, ulong? sequence = null, string text = "it", long serializer = StringSerializer) => Envelope(envelope =>
    {
        Message(envelope, 1, reference => Utf8(reference, 1, recipient));
        Message(envelope, 2, payload =>
        {
            Utf8(payload, 1, text);
            Number(payload, 2, serializer);
            Utf8(payload, 3, "S");
        });
        if (sender is not null)
            Message(envelope, 4, reference => Utf8(reference, 1, sender));
        Fixed(envelope, 5, sequence ?? ulong.MaxValue);
    });

    /// <summary>Says that all system messages up to this one have come.</summary>
    public static byte[] Acknowledgement(ulong sequence) =>
        Coded(output => Bytes(output, 1, Coded(container => Message(container, 1, acknowledgement => Fixed(acknowledgement, 1, sequence)))));

    public static byte[] Envelope(Action<CodedOutputStream> write) => Coded(output => Bytes(output, 1, Coded(container => Message(container, 2, write))));
}
