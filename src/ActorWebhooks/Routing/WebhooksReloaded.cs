using Akka.Actor;

namespace ActorWebhooks;

/// <summary>What came of <see cref="ReloadWebhooks"/>.</summary>
/// <param name="Errors">
/// Every error of the file, <c>file:line:column: message</c>; then nothing was changed. Empty when the configuration of the file is in force.
/// </param>
public sealed record WebhooksReloaded(IReadOnlyList<string> Errors) : INoSerializationVerificationNeeded
{
    /// <summary>The ids of the webhooks that the file has and did not have before.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>The ids of those that it had before and has not any more.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>The ids of those that are configured in another way than before.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Where something else may have been meant, <c>file:line:column: warning: message</c>.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
