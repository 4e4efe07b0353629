namespace ActorWebhooks.Journal.Epochs;

/// <summary>The rows of a stream that one owner wrote.</summary>
/// <param name="First">The number of its first row, whether that was written or not.</param>
internal readonly record struct EpochSegment(long Epoch, long First);
