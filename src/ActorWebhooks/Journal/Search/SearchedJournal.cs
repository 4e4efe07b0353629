using ActorWebhooks.Journal.Attempts;
using ActorWebhooks.Journal.Epochs;

namespace ActorWebhooks.Journal.Search;

/// <summary>What a webhook has in the journal, as it was when a search began.</summary>
/// <param name="Attempts">Null when none are kept.</param>
/// <param name="DeadFrom">The first dead letter that is kept.</param>
/// <param name="DeadTo">The newest row of dead letters.</param>
/// <param name="BehindFrom">The first row of the outbox that is not in memory.</param>
/// <param name="BehindTo">The newest row of the outbox.</param>
/// <param name="Behind">How many events are in the journal alone.</param>
internal sealed record SearchedJournal(
    JournalIds Ids,
    AttemptLogLimits? Attempts,
    EpochSegments DeadSegments,
    JournalPosition DeadFrom,
    long DeadTo,
    int Dead,
    EpochSegments Segments,
    long BehindFrom,
    long BehindTo,
    int Behind);
