namespace ActorWebhooks.Journal.Attempts;

/// <summary>What a row of attempts says of itself.</summary>
/// <param name="Epoch">Of the owner that wrote it.</param>
/// <param name="Before">What all rows before it took in bytes, deleted ones too: the difference of two rows is what lies between them.</param>
/// <param name="From">When its first attempt ended, in milliseconds since 1970.</param>
/// <param name="To">When its last attempt ended.</param>
/// <param name="Count">How many attempts it holds.</param>
/// <param name="Missed">Attempts since the row before it that could not be kept.</param>
/// <param name="Seed">Of the fingerprints of its events.</param>
internal readonly record struct AttemptRowHead(long Epoch, long Before, long From, long To, int Count, long Missed, ulong Seed);
