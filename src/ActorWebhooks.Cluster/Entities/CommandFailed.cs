using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>The webhook could not do what it was told, as when its journal does not answer.</summary>
internal sealed record CommandFailed(string Cause) : INoSerializationVerificationNeeded;
