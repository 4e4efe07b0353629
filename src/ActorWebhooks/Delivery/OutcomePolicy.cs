namespace ActorWebhooks.Delivery;

/// <summary>What an outcome means for its batch.</summary>
internal static class OutcomePolicy
{
    public static Decision Decide(AttemptOutcome outcome) =>
        outcome.Status is >= 200 and <= 299 ? Decision.Delivered : Decision.Retry;
}
