namespace ActorWebhooks.Journal;

/// <summary>The two streams of rows that a webhook has in the journal.</summary>
internal enum JournalStream
{
    /// <summary>The events, and how far they are delivered.</summary>
    Outbox,

    /// <summary>Events given up on. They stay for longer, so they do not keep the rows of the outbox from being deleted.</summary>
    DeadLetters,
}
