using System.Collections.Immutable;

namespace ActorWebhooks.Server.Tests.Durability.Rules;

/// <summary>A request that reached a receiver.</summary>
/// <param name="Life">Which life of the server sent it, from 0.</param>
/// <param name="Begun">When, by the clock of the receiver, on which no two things happen at once.</param>
/// <param name="Ended">Just before the answer went out.</param>
/// <param name="Events">None when the request broke off.</param>
internal sealed record Arrival(
    string Webhook, int Life, long Begun, long Ended, string BatchId, ImmutableArray<EventKey> Events, Answer Answer)
{
    public override string ToString() => $"{Webhook}, life {Life}, at {Begun} to {Ended}, batch {BatchId}, {Answer}, {Events.Length} events";
}
