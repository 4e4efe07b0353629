namespace ActorWebhooks.Tests.EndToEnd.Durable;

/// <summary>What a <see cref="FaultyJournal"/> does.</summary>
public enum JournalTrouble
{
    None,

    /// <summary>Writes fail, and nothing is written.</summary>
    Fails,

    /// <summary>Writes are done, and said to have failed.</summary>
    FailsThoughWritten,

    /// <summary>Rows are rejected, as if they could not be serialized.</summary>
    Rejects,

    /// <summary>Nothing is answered until there is no trouble any more.</summary>
    Hangs,

    /// <summary>Reading and writing fail.</summary>
    IsAway,

    /// <summary>Reading fails.</summary>
    FailsReads,

    /// <summary>Deleting fails.</summary>
    FailsDeletes,
}
