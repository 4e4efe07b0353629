using ActorWebhooks.Configuration;
using ActorWebhooks.Configuration.Values;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>A configuration as the API shows it: of secrets only that they are there.</summary>
internal sealed record ConfigurationView(
    string Timeout,
    string Throttle,
    string? Rate,
    int SignatureKeys,
    string SignatureScheme,
    IReadOnlyList<string> Headers,
    bool Authorization,
    bool AllowInvalidCerts,
    string HttpVersion,
    bool Lossy,
    string DiscardAfter,
    int BatchMaxEvents,
    string BatchMaxBytes,
    string RetryInitial,
    string RetryMax,
    int PoisonAttempts,
    bool ConflictIsDelivered)
{
    public static ConfigurationView Of(WebhookDefinition definition) => new(
        DurationText.Format(definition.Timeout),
        DurationText.Format(definition.Throttle),
        definition.Rate?.ToString(),
        definition.SignatureKeys.Length,
        Words.Kebab(definition.SignatureScheme),
        [.. definition.Headers.Select(header => header.Name)],
        definition.Authorization is not null,
        definition.AllowInvalidCerts,
        HttpVersionText.Format(definition.HttpVersion),
        definition.Lossy,
        definition.DiscardAfter is { } age ? DurationText.Format(age) : "never",
        definition.Batch.MaxEvents,
        SizeText.Format(definition.Batch.MaxBytes),
        DurationText.Format(definition.Retry.Initial),
        DurationText.Format(definition.Retry.Max),
        definition.PoisonAttempts,
        definition.ConflictIsDelivered);
}
