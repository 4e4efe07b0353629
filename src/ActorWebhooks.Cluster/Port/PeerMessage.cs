using ActorWebhooks.Hardening;

namespace ActorWebhooks.Cluster.Port;

/// <summary>The parts of a message that Akka.Remote acts on before a serializer reads the rest: recipient, sender, sequence number and introduction.</summary>
/// <remarks><c>WireFormats.proto</c> of Akka.Remote 1.5.73: AkkaProtocolMessage, AckAndEnvelopeContainer, RemoteEnvelope, AkkaHandshakeInfo.</remarks>
internal ref struct PeerMessage
{
    private const ulong NoSequence = ulong.MaxValue;
    private const uint SelectionSerializer = 6;
    private const string Malformed = "it is no message of Akka.Remote";

    private bool _hasEnvelope;

    /// <summary>The path of the actor that it is for; empty when it is for none.</summary>
    public ReadOnlySpan<byte> Recipient { get; private set; }

    /// <summary>The path of the actor that it is from; empty when it is from none.</summary>
    public ReadOnlySpan<byte> Sender { get; private set; }

    /// <summary>Whether it is for whomever a selection finds, beginning at the recipient.</summary>
    public bool IsSelection { get; private set; }

    /// <summary>The introduction: the address of the peer and the number of its life. Empty when the message is none.</summary>
    public ReadOnlySpan<byte> Peer { get; private set; }

    /// <summary>The number of a system message; null of another one.</summary>
    public ulong? Sequence { get; private set; }

    /// <returns>Why it is not to be taken in, as a part of a sentence; null when it can be.</returns>
    public static string? Read(ReadOnlySpan<byte> frame, out PeerMessage message)
    {
        message = default;
        var fields = new ProtobufFields(frame);
        while (fields.MoveNext())
        {
            var isRead = (fields.Number, fields.HasContent) switch
            {
                (1, true) => message.TryReadContainer(fields.Content),
                (2, true) => message.TryReadInstruction(fields.Content),
                _ => true,
            };
            if (!isRead)
                return Malformed;
        }

        if (message._hasEnvelope)
            message.Sequence ??= 0;
        if (message.Sequence == NoSequence)
            message.Sequence = null;
        return fields.IsMalformed ? Malformed : null;
    }

    /// <returns>Up to which system message the other one has been told that all have come; null when the message does not say.</returns>
    public static ulong? AcknowledgementIn(ReadOnlySpan<byte> frame)
    {
        // Akka writes it first.
        var fields = new ProtobufFields(frame);
        if (!fields.MoveNext() || fields is not { Number: 1, HasContent: true })
            return null;
        var container = new ProtobufFields(fields.Content);
        if (!container.MoveNext() || container is not { Number: 1, HasContent: true })
            return null;
        var acknowledgement = new ProtobufFields(container.Content);
        return acknowledgement.MoveNext() && acknowledgement is { Number: 1, HasContent: false } ? acknowledgement.Value : 0;
    }

    private bool TryReadContainer(ReadOnlySpan<byte> container)
    {
        var fields = new ProtobufFields(container);
        while (fields.MoveNext())
        {
            if (fields is { Number: 2, HasContent: true } && !TryReadEnvelope(fields.Content))
                return false;
        }

        return !fields.IsMalformed;
    }

    // Akka would put together what is there twice.
    private bool TryReadEnvelope(ReadOnlySpan<byte> envelope)
    {
        if (_hasEnvelope)
            return false;
        _hasEnvelope = true;
        var fields = new ProtobufFields(envelope);
        while (fields.MoveNext())
        {
            switch (fields.Number, fields.HasContent)
            {
                case (1, true):
                    if (!Recipient.IsEmpty || !TryReadPath(fields.Content, out var recipient))
                        return false;
                    Recipient = recipient;
                    break;
                case (2, true):
                    if (!TryReadPayload(fields.Content))
                        return false;
                    break;
                case (4, true):
                    if (!Sender.IsEmpty || !TryReadPath(fields.Content, out var sender))
                        return false;
                    Sender = sender;
                    break;
                case (5, false):
                    if (Sequence is not null)
                        return false;
                    Sequence = fields.Value;
                    break;
            }
        }

        return !fields.IsMalformed;
    }

    // Akka takes the last of several numbers, and of each the lower half.
    private bool TryReadPayload(ReadOnlySpan<byte> payload)
    {
        var fields = new ProtobufFields(payload);
        while (fields.MoveNext())
            IsSelection |= fields is { Number: 2, HasContent: false } && (uint)fields.Value == SelectionSerializer;
        return !fields.IsMalformed;
    }

    private static bool TryReadPath(ReadOnlySpan<byte> reference, out ReadOnlySpan<byte> path)
    {
        path = [];
        var fields = new ProtobufFields(reference);
        while (fields.MoveNext())
        {
            if (fields is not { Number: 1, HasContent: true })
                continue;
            if (!path.IsEmpty)
                return false;
            path = fields.Content;
        }

        return !fields.IsMalformed;
    }

    private bool TryReadInstruction(ReadOnlySpan<byte> instruction)
    {
        var fields = new ProtobufFields(instruction);
        while (fields.MoveNext())
        {
            if (fields is not { Number: 2, HasContent: true })
                continue;
            if (!Peer.IsEmpty)
                return false;
            Peer = fields.Content;
        }

        return !fields.IsMalformed;
    }
}
