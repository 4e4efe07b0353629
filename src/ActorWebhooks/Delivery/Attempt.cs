namespace ActorWebhooks.Delivery;

/// <summary>One HTTP request for a batch, and its outcome.</summary>
internal sealed record Attempt(
    DateTimeOffset At, string BatchId, int Events, int Bytes, AttemptOutcome Outcome, Decision Decision, TimeSpan Latency);
