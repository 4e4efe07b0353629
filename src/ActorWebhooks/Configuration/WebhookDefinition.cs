using System.Collections.Immutable;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Configuration;

/// <summary>One checked <c>[webhook."id"]</c> section. The defaults are those of the TOML keys.</summary>
internal sealed record WebhookDefinition
{
    public required string Id { get; init; }

    public required Uri Url { get; init; }

    public required ImmutableArray<Pattern> Events { get; init; }

    /// <summary>A whole attempt: connect, send, response headers and body.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Throttle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of requests, whatever they are for; null is none.</summary>
    public RequestRate? Rate { get; init; }

    /// <summary>Newest first; empty means unsigned.</summary>
    public ImmutableArray<SignatureKey> SignatureKeys { get; init; } = [];

    public SignatureScheme SignatureScheme { get; init; } = SignatureScheme.XSignature;

    public ImmutableArray<CustomHeader> Headers { get; init; } = [];

    public Authorization? Authorization { get; init; }

    public bool AllowInvalidCerts { get; init; }

    public HttpVersionChoice HttpVersion { get; init; }

    public bool Lossy { get; init; }

    public bool Enable { get; init; } = true;

    /// <summary>Null is never.</summary>
    public TimeSpan? DiscardAfter { get; init; } = TimeSpan.FromDays(3);

    public BatchLimits Batch { get; init; } = new(MaxEvents: 1000, MaxBytes: 256 * 1024);

    public RetryDelays Retry { get; init; } = new(Initial: TimeSpan.FromSeconds(1), Max: TimeSpan.FromMinutes(5));

    /// <summary>Failures of one batch after which it is searched for the event that causes them; 0 is never.</summary>
    public int PoisonAttempts { get; init; } = 8;

    /// <summary>Whether 409 to a batch that was sent before is a success.</summary>
    public bool ConflictIsDelivered { get; init; }

    /// <summary>Whether requests go to the same place as the same sender: what an endpoint has asked for holds for these alone.</summary>
    public bool IsSameEndpointAs(WebhookDefinition other) =>
        Url.AbsoluteUri == other.Url.AbsoluteUri
        && Equals(Authorization, other.Authorization)
        && Headers.SequenceEqual(other.Headers)
        && SignatureKeys.SequenceEqual(other.SignatureKeys)
        && SignatureScheme == other.SignatureScheme
        && AllowInvalidCerts == other.AllowInvalidCerts
        && HttpVersion == other.HttpVersion;

    /// <summary>Whether it says the same. (The equality of records takes two arrays of the same content for different ones.)</summary>
    public bool IsSameAs(WebhookDefinition other) =>
        Events.SequenceEqual(other.Events)
        && Headers.SequenceEqual(other.Headers)
        && SignatureKeys.SequenceEqual(other.SignatureKeys)
        && (this with { Events = other.Events, Headers = other.Headers, SignatureKeys = other.SignatureKeys }).Equals(other);
}
