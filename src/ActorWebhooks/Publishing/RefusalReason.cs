namespace ActorWebhooks;

/// <summary>Why an event was not taken.</summary>
public enum RefusalReason
{
    // The numbers cross the network.

    /// <summary>The webhook holds as many undelivered bytes as it may (<c>outbox.max-bytes</c>). Try again later.</summary>
    OutboxFull = 0,

    /// <summary>
    /// All webhooks of this node together hold more than half of the bytes that they may in memory (<c>outbox.max-node-bytes</c>) or in the journal
    /// (<c>outbox.max-node-durable-bytes</c>), and this one more than its part of the rest. Try again later.
    /// </summary>
    NodeFull = 1,

    /// <summary>A request that sends the event alone would be larger than <c>max-event-bytes</c>. It will never be taken.</summary>
    EventTooLarge = 2,

    /// <summary>The node is shutting down. Publish on another node, or after the restart.</summary>
    Stopping = 3,

    /// <summary>
    /// The journal did not confirm the event. Publish it again later, with the same id: it may have been written all the same.
    /// </summary>
    JournalUnavailable = 4,

    /// <summary>
    /// The node that hosts the webhook does not have it in its configuration (in a cluster only). Publish again when the configuration of all nodes
    /// is the same.
    /// </summary>
    NotConfigured = 5,

    /// <summary>
    /// Another process has taken the webhook over, and this one does not own it any more. Publish the event again, with the same id, on another node.
    /// </summary>
    NotOwner = 6,
}
