using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Fsm;
using Akka.Persistence.Serialization;
using Akka.Serialization;

namespace ActorWebhooks.Hardening;

/// <summary>In the place of Akka's serializer of null.</summary>
internal sealed class GuardedNullSerializer(ExtendedActorSystem system) : GuardedSerializer(system, 0, new NullSerializer(system));

/// <summary>In the place of Akka's serializer of byte arrays.</summary>
internal sealed class GuardedBytesSerializer(ExtendedActorSystem system) : GuardedSerializer(system, 4, new ByteArraySerializer(system));

/// <summary>In the place of Akka.Persistence's serializer of its own messages. Snapshots of a <c>PersistentFSM</c> are of a type that they name.</summary>
internal sealed class GuardedPersistenceSerializer(ExtendedActorSystem system) : GuardedSerializer(
    system,
    7,
    new PersistenceMessageSerializer(system),
    typeof(Persistent),
    typeof(IPersistentRepresentation),
    typeof(AtomicWrite),
    typeof(AtLeastOnceDeliverySnapshot),
    typeof(PersistentFSM.StateChangeEvent));

/// <summary>In the place of Akka.Persistence's serializer of snapshots.</summary>
internal sealed class GuardedSnapshotSerializer(ExtendedActorSystem system)
    : GuardedSerializer(system, 8, new PersistenceSnapshotSerializer(system), typeof(Akka.Persistence.Serialization.Snapshot));
