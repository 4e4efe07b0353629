using Akka.Actor;

namespace ActorWebhooks.Cluster.Hop;

/// <summary>A node is not in the cluster any more: what lived there has to be looked for elsewhere.</summary>
internal sealed record HostGone(Address Address) : INoSerializationVerificationNeeded;
