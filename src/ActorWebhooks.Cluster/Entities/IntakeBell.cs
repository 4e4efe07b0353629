using ActorWebhooks.Outbox;
using Akka.Actor;

namespace ActorWebhooks.Cluster.Entities;

/// <summary>Tells an actor that an intake has changed: once, however often that happens before the actor looks.</summary>
internal sealed class IntakeBell : INoSerializationVerificationNeeded
{
    private readonly IActorRef _listener;
    private int _hasRung;

    public IntakeBell(OutboxIntake intake, IActorRef listener)
    {
        _listener = listener;
        intake.Changed = Ring;
    }

    /// <summary>To be called before looking.</summary>
    public void Answer() => Volatile.Write(ref _hasRung, 0);

    private void Ring()
    {
        if (Interlocked.Exchange(ref _hasRung, 1) == 0)
            _listener.Tell(this, ActorRefs.NoSender);
    }
}
