using System.Collections.Immutable;

namespace ActorWebhooks.Configuration;

/// <summary>Finds webhooks that would never hear of anything.</summary>
internal static class UnmatchedWebhooks
{
    /// <returns>The webhooks whose patterns match none of <paramref name="eventTypes"/>; none if there are no event types to go by.</returns>
    public static ImmutableArray<WebhookDefinition> Of(ImmutableArray<WebhookDefinition> webhooks, IReadOnlyCollection<string> eventTypes) =>
        eventTypes.Count == 0 ? [] : [.. webhooks.Where(webhook => !eventTypes.Any(webhook.ListensTo))];
}
