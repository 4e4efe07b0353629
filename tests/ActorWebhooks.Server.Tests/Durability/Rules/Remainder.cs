using System.Collections.Immutable;

namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>What a webhook says, at the end, about events that it has not delivered.</summary>
internal sealed record Remainder(string Webhook, long Waiting, ImmutableHashSet<EventKey> Dead);
