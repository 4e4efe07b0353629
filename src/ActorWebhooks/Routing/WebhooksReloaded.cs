using Akka.Actor;

namespace ActorWebhooks;

/// <summary>What came of <see cref="ReloadWebhooks"/>.</summary>
/// <param name="Errors">
/// Every error of the file, <c>file:line:column: message</c>; then nothing was changed. Empty when the configuration of the file is in force.
/// </param>
public sealed record WebhooksReloaded(IReadOnlyList<string> Errors) : INoSerializationVerificationNeeded;
