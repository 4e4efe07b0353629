using System.Collections.Immutable;
using ActorWebhooks.Matching;

namespace ActorWebhooks.Configuration;

/// <summary>Finds webhooks that would never receive anything: a likely misspelling, though not an error.</summary>
internal static class UnmatchedWebhooks
{
    /// <summary>The ids of those whose patterns match none of <paramref name="eventTypes"/>; none if no type is registered.</summary>
    public static ImmutableArray<string> Find(IReadOnlyList<WebhookDefinition> webhooks, IReadOnlyCollection<string> eventTypes)
    {
        if (eventTypes.Count == 0)
            return [];
        var unmatched = ImmutableArray.CreateBuilder<string>();
        foreach (var webhook in webhooks)
        {
            if (!eventTypes.Any(type => Matches(webhook.Events, type)))
                unmatched.Add(webhook.Id);
        }

        return unmatched.ToImmutable();
    }

    private static bool Matches(ImmutableArray<Pattern> patterns, string type)
    {
        var isIncluded = false;
        foreach (var pattern in patterns)
        {
            if (!pattern.Covers(type))
                continue;
            if (pattern.IsExclude)
                return false;
            isIncluded = true;
        }

        return isIncluded;
    }
}
