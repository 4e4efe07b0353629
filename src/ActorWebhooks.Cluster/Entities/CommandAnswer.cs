using ActorWebhooks.Cluster.Wire;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>What a webhook answers to a command.</summary>
/// <param name="Answer">
/// A <see cref="WebhookReport"/>, <see cref="Delivery.DeadLettersTaken"/>, <see cref="DeadLetters.DeadLetterPage"/>,
/// <see cref="Delivery.NoSuchPage"/>, <see cref="Delivery.TooManyAtOnce"/>, <see cref="Routing.NoSuchWebhook"/>, <see cref="CommandFailed"/>,
/// <see cref="Lookup.EventFindings"/>, or an immutable array of <see cref="Delivery.Attempt"/>.
/// </param>
internal sealed record CommandAnswer(object Answer) : IWireMessage;
