using ActorWebhooks.Hardening;
using Akka.Actor;
using Akka.Remote.Serialization;

namespace ActorWebhooks.Cluster.Hardening;

/// <summary>In the place of Akka.Remote's serializer of what goes to an <see cref="ActorSelection"/>. What is in it is read by its own serializer.</summary>
internal sealed class GuardedContainerSerializer(ExtendedActorSystem system) : GuardedSerializer(system, 6, new MessageContainerSerializer(system));
