using Akka.Actor;

namespace ActorWebhooks.Actors;

/// <summary>Props from a plain delegate. The expressions that <see cref="Akka.Actor.Props"/> takes are slow to make by the thousand.</summary>
internal sealed class ActorFactory : IIndirectActorProducer
{
    private readonly Func<ActorBase> _create;
    private readonly RestartBackoff _restarts = new();

    private ActorFactory(Type actorType, Func<ActorBase> create)
    {
        ActorType = actorType;
        _create = create;
    }

    public Type ActorType { get; }

    public static Props Props<TActor>(Func<TActor> create)
        where TActor : ActorBase => Akka.Actor.Props.CreateBy(new ActorFactory(typeof(TActor), create));

    public ActorBase Produce()
    {
        var actor = _create();
        if (actor is RestingActor resting)
            resting.Restarts = _restarts;
        return actor;
    }

    public void Release(ActorBase actor)
    {
    }
}
