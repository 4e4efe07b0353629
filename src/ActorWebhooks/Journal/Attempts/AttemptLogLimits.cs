namespace ActorWebhooks.Journal.Attempts;

/// <summary>How much of the attempts of one durable webhook the journal keeps.</summary>
/// <param name="MaxAge">Older attempts are neither shown nor kept.</param>
/// <param name="MaxBytes">Of all rows as they stand in the journal; 0 is no log.</param>
internal sealed record AttemptLogLimits(TimeSpan MaxAge, long MaxBytes);
