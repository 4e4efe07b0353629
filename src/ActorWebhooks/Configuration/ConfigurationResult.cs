using System.Collections.Immutable;
using ActorWebhooks.Configuration.Files;

namespace ActorWebhooks.Configuration;

/// <summary>What a webhook file came to: every webhook of it, or every error in it.</summary>
internal sealed record ConfigurationResult(ImmutableArray<WebhookDefinition> Webhooks, ImmutableArray<ConfigurationError> Errors)
{
    /// <summary>What is taken, though most likely something else was meant.</summary>
    public ImmutableArray<ConfigurationWarning> Warnings { get; init; } = [];

    /// <summary>The files that it came from, with those that macros name, as they looked before they were read.</summary>
    public ImmutableArray<FileSight> Files { get; init; } = [];

    public bool IsValid => Errors.IsEmpty;
}
