using Akka.Actor;

namespace ActorWebhooks.Hardening;

/// <summary>
/// Stands for bytes of which nothing was made, because their serializer would have built whatever type they name. No actor handles it, and in
/// a journal it is a damaged row.
/// </summary>
/// <param name="Serializer">The identifier of the serializer that the bytes named.</param>
internal sealed record RefusedPayload(int Serializer) : INoSerializationVerificationNeeded;
