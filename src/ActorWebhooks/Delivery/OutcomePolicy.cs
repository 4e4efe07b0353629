using ActorWebhooks.Configuration;

namespace ActorWebhooks.Delivery;

/// <summary>What an outcome means for its batch.</summary>
internal static class OutcomePolicy
{
    /// <summary>So many refused single events without a success between them, and it is the endpoint, not the events.</summary>
    public const int RefusalsThatMeanTheEndpoint = 5;

    /// <summary>The longest that an endpoint may ask to be left alone.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="events">How many events the batch has.</param>
    /// <param name="refusals">Single events refused with 400 or 422 since something passed.</param>
    /// <param name="isLossy">Whether the webhook gives failed batches up.</param>
    /// <param name="isKnown">Whether the endpoint may have taken the batch before, and says so with 409.</param>
    public static Decision Decide(AttemptOutcome outcome, int events, int refusals, bool isLossy, bool isKnown = false) => outcome.Status switch
    {
        >= 200 and <= 299 => Decision.Delivered,
        409 when isKnown => Decision.Delivered,
        410 => Decision.Gone,
        _ when isLossy => Decision.Drop,
        400 or 413 or 422 when events > 1 => Decision.Split,
        400 or 422 when IsTheEndpoint(refusals) => Decision.Retry,
        400 or 413 or 422 => Decision.Refuse,
        _ => Decision.Retry,
    };

    /// <summary>
    /// Whether the endpoint is to blame for refusals. Batches are then still split, each time after the backoff, as the part that may
    /// pass could stand in front of the one that does not.
    /// </summary>
    public static bool IsTheEndpoint(int refusals) => refusals >= RefusalsThatMeanTheEndpoint;

    /// <summary>
    /// Whether the failure may be because of the events: the endpoint has answered, and neither asked for a wait nor said that there were too
    /// many requests.
    /// </summary>
    public static bool IsOfTheEvents(AttemptOutcome outcome) =>
        outcome is { Kind: AttemptEnd.Response, Status: not 429 } && !(outcome.Status == 503 && outcome.RetryAfter > TimeSpan.Zero);

    /// <summary>Whether the endpoint may have got the batch.</summary>
    public static bool MayHaveArrived(AttemptOutcome outcome) =>
        !outcome.IsUnsent
        && outcome.Kind is AttemptEnd.Response or AttemptEnd.Timeout or AttemptEnd.NetworkError or AttemptEnd.BrokenOff or AttemptEnd.Fault;

    /// <summary>The shortest wait that the endpoint asked for, with 429 or 503; zero if it asked for none.</summary>
    /// <param name="retry">Of which the longest is waited when the endpoint is out of reach by the rules of this node.</param>
    public static TimeSpan LeastDelay(AttemptOutcome outcome, RetryDelays retry) =>
        outcome.Kind == AttemptEnd.TargetRefused ? retry.Max
        : outcome is { Status: 429 or 503, RetryAfter: { } asked } && asked > TimeSpan.Zero
            ? asked < MaxRetryAfter ? asked : MaxRetryAfter
            : TimeSpan.Zero;
}
