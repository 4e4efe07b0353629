using Akka.Actor;

namespace ActorWebhooks.Delivery;

/// <summary>Asks a webhook for its <see cref="WebhookStatus"/>.</summary>
internal sealed class GetStatus : INoSerializationVerificationNeeded
{
    public static readonly GetStatus Instance = new();
}

/// <summary>What a webhook is doing.</summary>
/// <param name="Waiting">Accepted events that are not delivered yet.</param>
internal sealed record WebhookStatus(string WebhookId, WebhookState State, int Waiting) : INoSerializationVerificationNeeded;
