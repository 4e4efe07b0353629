using ActorWebhooks.Hardening;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Port;

/// <summary>
/// Decides which messages of one connection Akka gets. Akka follows the paths of a message and puts system messages into order before any serializer
/// reads the message, so the guards of the serializers come too late for that.
/// </summary>
/// <param name="self">The address of this node.</param>
/// <param name="sequences">Of all peers of the node.</param>
internal sealed class PeerGuard(Address self, PeerSequences sequences)
{
    private const int LongestIntroduction = 1_024;

    private readonly OwnActors _own = new(self);
    private volatile PeerSequence? _sequence;

    /// <returns>Why it is dropped, as a part of a sentence; null when Akka gets it.</returns>
    public string? FaultOf(ReadOnlySpan<byte> frame)
    {
        if (PeerMessage.Read(frame, out var message) is { } fault)
            return fault;
        if (!ActorPaths.IsShort(message.Recipient) || !ActorPaths.IsShort(message.Sender))
            return "the path of an actor has more than 64 parts or 2,000 bytes";
        if (message.Peer.Length > LongestIntroduction)
            return "what it says of itself is longer than 1,024 bytes";

        // A replicator that gets its own question answers itself without end.
        if (_own.IsOfSystem(message.Sender) && (message.IsSelection || _own.IsOfSystem(message.Recipient)))
            return "it speaks to a system actor of this node in the name of another one of this node";
        if (!message.Peer.IsEmpty)
            _sequence ??= sequences.Enter(message.Peer);
        if (message.Sequence is { } sequence && (_sequence is null || !_sequence.TryTake(sequence, frame.Length)))
            return "system messages before it are missing, or too many before it are not acknowledged yet";
        return null;
    }

    /// <summary>Akka sends this to the peer.</summary>
    public void Sent(ReadOnlySpan<byte> frame)
    {
        if (PeerMessage.AcknowledgementIn(frame) is { } sequence)
            _sequence?.Acknowledge(sequence);
    }

    /// <summary>The connection has ended.</summary>
    public void Leave()
    {
        if (_sequence is not null)
            sequences.Leave(_sequence);
        _sequence = null;
    }
}
