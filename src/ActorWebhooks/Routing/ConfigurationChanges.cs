using System.Collections.Immutable;
using ActorWebhooks.Configuration;

namespace ActorWebhooks.Routing;

/// <summary>In which webhooks two configurations differ, by id.</summary>
internal sealed record ConfigurationChanges(ImmutableArray<string> Added, ImmutableArray<string> Removed, ImmutableArray<string> Changed)
{
    public static readonly ConfigurationChanges None = new([], [], []);

    public static ConfigurationChanges Between(ImmutableArray<WebhookDefinition> before, ImmutableArray<WebhookDefinition> after)
    {
        var old = before.ToDictionary(definition => definition.Id, StringComparer.Ordinal);
        var (added, changed) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var definition in after)
        {
            if (!old.Remove(definition.Id, out var former))
                added.Add(definition.Id);
            else if (!definition.IsSameAs(former))
                changed.Add(definition.Id);
        }

        return new(added.DrainToImmutable(), [.. before.Select(definition => definition.Id).Where(old.ContainsKey)], changed.DrainToImmutable());
    }
}
