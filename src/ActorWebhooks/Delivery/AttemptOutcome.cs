namespace ActorWebhooks.Delivery;

/// <summary>How one attempt ended.</summary>
/// <param name="Kind">What ended it.</param>
/// <param name="Status">The HTTP status; null when no response came.</param>
/// <param name="Error">What went wrong, for people; null when a response came that could be read.</param>
/// <param name="Response">The beginning of the response body.</param>
/// <param name="RetryAfter">What the response asked for in <c>Retry-After</c>, from now; null when it asked for nothing that can be read.</param>
internal sealed record AttemptOutcome(
    AttemptEnd Kind, int? Status = null, string? Error = null, string Response = "", TimeSpan? RetryAfter = null)
{
    /// <summary>The beginning of a <c>Retry-After</c> that cannot be read; null when there was none.</summary>
    public string? RetryAfterNonsense { get; init; }

    /// <summary>Whether it is certain that nothing was sent, as there was no connection.</summary>
    public bool IsUnsent { get; init; }

    public bool IsDelivered => Status is >= 200 and <= 299;

    /// <summary>Whether it is the doing of this node, and does not count against the endpoint.</summary>
    public bool IsOfTheNode => Kind is AttemptEnd.BrokenOff or AttemptEnd.NodeTrouble;

    /// <summary>A word of a small fixed vocabulary, for metrics.</summary>
    public string Label => (Kind, Status / 100) switch
    {
        (_, 2) => "2xx",
        (_, 3) => "3xx",
        (_, 4) => "4xx",
        (_, 5) => "5xx",
        (AttemptEnd.Timeout, _) => "timeout",
        (AttemptEnd.TlsError, _) => "tls-error",
        (AttemptEnd.NetworkError, _) => "network-error",
        (AttemptEnd.BrokenOff, _) => "broken-off",
        (AttemptEnd.NodeTrouble, _) => "node-trouble",
        (AttemptEnd.TargetRefused, _) => "target-refused",
        _ => "other",
    };

    public static AttemptOutcome TimedOut(TimeSpan timeout) =>
        new(AttemptEnd.Timeout, Error: $"no answer within {timeout.TotalSeconds:0.###} s");

    public static AttemptOutcome BrokenOff(TimeSpan after) => new(
        AttemptEnd.BrokenOff,
        Error: $"no answer within {after.TotalSeconds:0.###} s, and other webhooks waited for a connection; sent again with its whole timeout");

    public override string ToString() => Status is { } status ? Error is null ? $"HTTP {status}" : $"HTTP {status}, {Error}" : $"{Kind}: {Error}";
}
