using ActorWebhooks.Delivery;

namespace ActorWebhooks.Tests.Testing;

/// <summary>Every kind of outcome that the contract names.</summary>
internal static class Outcomes
{
    public static readonly AttemptOutcome Timeout = AttemptOutcome.TimedOut(TimeSpan.FromSeconds(30));

    public static AttemptOutcome Status(int status) => new(AttemptEnd.Response, status, Response: $"said {status}");

    public static AttemptOutcome RetryAfter(int status, TimeSpan time) => Status(status) with { RetryAfter = time };

    public static AttemptOutcome Broken(AttemptEnd end) => new(end, Error: $"{end}");
}
