using ActorWebhooks.Configuration.Values;
using ActorWebhooks.Delivery;

namespace ActorWebhooks.Server.Api.Status;

/// <summary>A webhook as the API shows it.</summary>
internal sealed record WebhookView(
    string Id,
    string Url,
    string State,
    IReadOnlyList<string> Patterns,
    long Accepted,
    int Waiting,
    long Delivered,
    int Dead,
    IReadOnlyDictionary<string, long> Dropped,
    int Failures,
    AttemptView? LastAttempt,
    DateTimeOffset? NextAttemptAt,
    ConfigurationView? Configuration)
{
    public static WebhookView Of(WebhookStatus status, bool withConfiguration) => new(
        status.WebhookId,
        ShownUrl.Of(status.Definition.Url),
        Words.Kebab(status.State),
        [.. status.Definition.Events.Select(pattern => pattern.Text)],
        status.Accepted,
        status.Waiting,
        status.Delivered,
        status.Dead,
        status.Dropped.ToDictionary(dropped => Words.Kebab(dropped.Key), dropped => dropped.Value),
        status.Failures,
        status.LastAttempt is { } last ? AttemptView.Of(last) : null,
        status.NextAttemptAt,
        withConfiguration ? ConfigurationView.Of(status.Definition) : null);
}
