using System.Collections.Immutable;
using ActorWebhooks.Configuration;

namespace ActorWebhooks.Routing;

/// <summary>The webhooks of a node. They outlive a restart of their supervisor.</summary>
internal sealed class RunningWebhooks(ImmutableArray<WebhookDefinition> definitions)
{
    /// <summary>What is configured.</summary>
    public ImmutableArray<WebhookDefinition> Definitions { get; set; } = definitions;

    /// <summary>What is wrong with the configuration as it was read last, so that it is not in force.</summary>
    public ImmutableArray<string> Errors { get; set; } = [];

    /// <summary>What it was taken with all the same, as the log has said it.</summary>
    public ImmutableArray<string> Warnings { get; set; } = [];

    public Dictionary<string, RunningWebhook> ById { get; } = new(StringComparer.Ordinal);
}
