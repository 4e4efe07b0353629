using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>How far a webhook has got with the events of a stream. All numbers are those of the first event that is not so far.</summary>
/// <param name="Entity">Tells one life of the webhook's actor from the next, which knows nothing of what the one before had received.</param>
/// <param name="Received">It has them; what comes next must begin here.</param>
/// <param name="Held">They are accepted: in its memory, or if it is durable in the journal.</param>
/// <param name="Released">The sender need not keep them any more: they have come to their end, or are in the journal.</param>
/// <param name="Refusal">Why it takes no more for now.</param>
/// <param name="Note">What else the sender has to know.</param>
internal sealed record Progress(
    long Stream, long Entity, long Received, long Held, long Released, RefusalReason? Refusal = null, ProgressNote Note = ProgressNote.None)
    : IWireMessage;
